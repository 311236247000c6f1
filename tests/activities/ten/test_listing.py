"""The list of a day: found by rules in turns, said why, made once, filled again; and who never stands on it (R33)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.activities.models import Habits, TenEntry
from leadline.activities.ten import fill_up, list_of
from leadline.activities.ten.rules import ACCOUNTS, BY_NAME, Chosen, choose, chosen
from leadline.crm.models import Participant, Person
from tests import factories as make
from tests.cast import person as colleague

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)  # a Monday
MAIL = [{"value": "x@example.com"}]


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC))


@pytest.fixture
def user() -> User:
    return colleague("Olga")


def ago(days: float) -> dt.datetime:
    return dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC) - dt.timedelta(days=days)


def somebody(name: str, user: User | None = None, **fields: object) -> Person:
    return make.person(name=name, owner=user, **{"emails": MAIL} | fields)


def wrote(person: Person, user: User, days: float) -> None:
    make.activity(owner=user, person=person, done_at=ago(days))


def told(entries: list[TenEntry]) -> dict[str, str]:
    return {str(entry.person): entry.why for entry in entries}


def test_every_rule_says_why_and_has_its_turn(user: User) -> None:
    acme, label = make.organization(name="Acme"), make.label("Target")
    maria, silent = somebody("Maria Lopez", organization=acme), somebody("Sam Silent")
    wrote(maria, user, 3)
    wrote(silent, user, 412)
    somebody("Nora New", organization=acme)
    deal = make.deal(owner=user, title="Roof", person=maria)
    other = somebody("Paula Part")
    Participant(deal=deal, person=other).add(by=SYSTEM)
    globex = make.organization(name="Globex")
    globex.label(label, by=SYSTEM)
    somebody("Gus Globex", organization=globex)
    lost = make.deal(owner=user, title="Old", person=somebody("Lou Lost"), at=ago(300))
    lost.lose(by=SYSTEM, at=ago(200), revisit_on=dt.date(2026, 11, 1))
    make.lead(owner=user, title="Idea", person=somebody("Ida Idea"), created_at=ago(5))
    rules = [Chosen(one.kind, days=one.days, label=label.pk) for one in chosen(Habits.of(user))]
    choose(user, rules, 10, None)
    entries = list_of(user, DAY)
    assert told(entries) == {
        "Sam Silent": "No contact for 412 days",
        "Nora New": "Through Maria Lopez at Acme",
        "Paula Part": "Through Maria Lopez on Roof",
        "Gus Globex": "Globex is a target account",
        "Lou Lost": "Old was lost, to be asked again on Nov 1, 2026",
        "Ida Idea": "An idea since Nov 18, 2026",
    }
    assert [entry.rule for entry in entries[:5]] == list(BY_NAME)  # each rule in turn


def test_a_list_is_made_once(user: User) -> None:
    for number in range(15):
        somebody(f"P{number:02}", user)
    first = list_of(user, DAY)
    assert len(first) == 10
    assert [entry.pk for entry in list_of(user, DAY)] == [entry.pk for entry in first]
    assert len(fill_up(user, DAY, by=SYSTEM)) == 10  # a job that comes twice
    tomorrow = list_of(user, DAY + dt.timedelta(days=1))
    assert {entry.person_id for entry in tomorrow}.isdisjoint(entry.person_id for entry in first)
    assert len(tomorrow) == 5
    assert list_of(colleague("Rita", role="reader"), DAY) == []


def test_who_never_stands_on_it(user: User) -> None:
    theo, never = colleague("Theo"), make.label("Do not contact")
    Visibility.objects.update_or_create(kind="person", defaults={"see": Level.OWNER, "change": Level.OWNER})
    fine = somebody("Fine", user)
    somebody("Hidden", theo)
    somebody("Without an address", user, emails=[])
    somebody("Thrown away", user).trash(by=SYSTEM)
    somebody("Left alone", user).label(never, by=SYSTEM)
    make.activity(owner=user, person=somebody("Planned", user), due_at=ago(-4))
    make.activity(owner=user, due_at=ago(-2), participant_ids=[somebody("Takes part", user).pk])
    make.activity(owner=theo, person=somebody("A colleague called", user), done_at=ago(20))
    listed = somebody("Listed", user)
    TenEntry(owner=theo, on_date=DAY - dt.timedelta(days=20), person=listed, rule="ideas").add(by=SYSTEM)
    phoned = somebody("By phone", user, emails=[], phones=[{"value": "+44 20 7946 0000"}])
    assert {entry.person_id for entry in list_of(user, DAY)} == {fine.pk, phoned.pk}


def test_who_is_due_comes_also_within_thirty_days(user: User) -> None:
    lou = somebody("Lou Lost")
    deal = make.deal(owner=user, title="Old", person=lou, at=ago(300))
    deal.lose(by=SYSTEM, at=ago(200), revisit_on=DAY - dt.timedelta(days=2))
    TenEntry(owner=user, on_date=DAY - dt.timedelta(days=5), person=lou, rule="not_contacted").add(by=SYSTEM)
    assert [entry.rule for entry in list_of(user, DAY)] == ["revisits"]
    assert list_of(user, DAY + dt.timedelta(days=1)) == []  # once, not every day from then on


def test_rules_are_as_they_are_set(user: User) -> None:
    wrote(somebody("A"), user, 50)
    assert list_of(user, DAY) == []
    rules = [Chosen(one.kind, on=one.kind.name != ACCOUNTS, days=40) for one in reversed(chosen(Habits.of(user)))]
    choose(user, rules, 3, None)
    assert [(one.kind.name, one.on, one.days) for one in chosen(Habits.of(user))][-1] == ("not_contacted", True, 40)
    assert [str(entry.person) for entry in list_of(user, DAY)] == ["A"]
