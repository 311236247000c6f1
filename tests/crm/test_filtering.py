"""Filters out of addresses: each condition against a slow definition of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import override_settings

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity
from leadline.crm import filtering
from leadline.crm.fields import Linked
from leadline.crm.filtering import Asker
from leadline.crm.models import Deal, Organization, Person
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)  # a Sunday; already Monday in Helsinki


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def found(query: str, cast: Cast, model: Any = Deal, now: dt.datetime = NOW) -> set[str]:
    user = cast.administrator
    filter = filtering.read(model.ENTITY, QueryDict(query), user, Asker(user, Linked(user), now))
    assert filter.problems == ()
    again = filtering.read(model.ENTITY, QueryDict(filter.query()), user, Asker(user, Linked(user), now))
    assert again.query() == filter.query()
    rows = filter.apply(model.objects.visible_to(user))
    assert {str(r) for r in again.apply(model.objects.visible_to(user))} == {str(r) for r in rows}
    assert len(filter.words()) == len(filter.conditions)
    return {str(row) for row in rows}


def by_hand(records: list[Any], condition: Callable[[Any], bool]) -> set[str]:
    return {str(record) for record in records if condition(record)}


@pytest.fixture
def deals(cast: Cast) -> list[Deal]:
    acme, pear = make.organization(name="Acme Tools"), make.organization(name="Pärnu 100% Oil")
    eve = make.person(name="Eve O'Neil")
    hot, cold = make.label("Hot"), make.label("Cold")
    made = [
        make.deal(
            title="big", value=5000, owner=cast.owner, organization=acme, expected_close_on=dt.date(2026, 11, 30)
        ),
        make.deal(title="small", value=Decimal("0.01"), owner=cast.teammate, person=eve),
        make.deal(title="unvalued", value=None, owner=None, expected_close_on=dt.date(2026, 11, 22)),
        make.deal(title="zero", value=0, owner=cast.outsider, organization=pear, stage=make.stage(2)),
        make.deal(title="won", value=1000, owner=cast.leader, expected_close_on=dt.date(2025, 12, 31)).win(by=SYSTEM),
        make.deal(title="lost", value=999, owner=cast.owner).lose(make.lost_reason(), by=SYSTEM),
        make.deal(title="gone", value=1000, owner=cast.owner).trash(by=SYSTEM),
    ]
    made[0].label(hot, by=SYSTEM)
    made[1].label(hot, cold, by=SYSTEM)
    ago = dt.timedelta(days=40)
    moments = (NOW, NOW - dt.timedelta(hours=2), NOW - ago, None, NOW + dt.timedelta(hours=1), NOW - 10 * ago)
    for deal, at in zip(made[:6], moments, strict=True):
        Deal.objects.filter(pk=deal.pk).update(created_at=at)
    return [Deal.objects.get(pk=deal.pk) for deal in made if deal.deleted_at is None]


def test_the_trash_is_left_out_unless_asked_for(deals: list[Deal], cast: Cast) -> None:
    assert found("", cast) == {"big", "small", "unvalued", "zero", "won", "lost"}
    assert found("trashed=yes", cast) == {"gone"}


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("value=1000..5000", lambda d: d.value is not None and 1000 <= d.value <= 5000),
        ("value=..0.01", lambda d: d.value is not None and d.value <= Decimal("0.01")),
        ("value=1k..", lambda d: d.value is not None and d.value >= 1000),
        ("value=0", lambda d: d.value == 0),
        ("value=none", lambda d: d.value is None),
        ("value=any", lambda d: d.value is not None),
        ("value-from=1000&value-to=5000", lambda d: d.value is not None and 1000 <= d.value <= 5000),
        ("status=open", lambda d: d.status == "open"),
        ("status=won,lost", lambda d: d.status in ("won", "lost")),
        ("status=!won", lambda d: d.status != "won"),
        ("owner=none", lambda d: d.owner_id is None),
        ("organization=none", lambda d: d.organization_id is None),
        ("organization=any", lambda d: d.organization_id is not None),
        (
            "expected_close_on=2026-11-22..2026-11-30",
            lambda d: bool(d.expected_close_on and d.expected_close_on.month == 11),
        ),
        ("expected_close_on=this-year", lambda d: bool(d.expected_close_on and d.expected_close_on.year == 2026)),
        ("expected_close_on=2025-q4", lambda d: d.expected_close_on == dt.date(2025, 12, 31)),
        ("expected_close_on=past", lambda d: bool(d.expected_close_on and d.expected_close_on < NOW.date())),
        ("expected_close_on=..2026-11-22", lambda d: bool(d.expected_close_on and d.expected_close_on <= NOW.date())),
        ("created_at=today", lambda d: bool(d.created_at and d.created_at.date() == NOW.date())),
        ("created_at=none", lambda d: d.created_at is None),
        ("labels=none", lambda d: not d.label_ids),
        ("label=any", lambda d: bool(d.label_ids)),
        ("title=i", lambda d: "i" in d.title),
        ("q=L", lambda d: "l" in d.title or (d.organization and "l" in d.organization.name.lower()) or bool(d.person)),
        ("q=PÄRNU", lambda d: bool(d.organization and "Pärnu" in d.organization.name)),
        ("q=0% o", lambda d: bool(d.organization and "100% Oil" in d.organization.name)),
        ("q=o'n", lambda d: d.person is not None),
        ("competitor=none", lambda d: not d.competitor),
    ],
)
def test_a_condition_is_what_it_says(query: str, condition: Any, deals: list[Deal], cast: Cast) -> None:
    assert found(query, cast) == by_hand(deals, condition)


def test_people_among_others_and_me(deals: list[Deal], cast: Cast) -> None:
    olga, theo, ada = cast.owner.pk, cast.teammate.pk, cast.administrator.pk
    assert found(f"owner={olga},{theo}", cast) == by_hand(deals, lambda d: d.owner_id in (olga, theo))
    assert found(f"owner=!{olga}", cast) == by_hand(deals, lambda d: d.owner_id != olga)
    assert found(f"owner={olga},none", cast) == by_hand(deals, lambda d: d.owner_id in (olga, None))
    assert found(f"owner=!{olga},none", cast) == by_hand(deals, lambda d: d.owner_id not in (olga, None))
    assert found(f"owner={olga}&owner={theo}&owner-not=yes", cast) == found(f"owner=!{olga},{theo}", cast)
    assert found("owner=me", cast) == by_hand(deals, lambda d: d.owner_id == ada)


def test_a_team_includes_the_teams_below_it(deals: list[Deal], cast: Cast) -> None:
    head, north = cast.leader.team, cast.owner.team
    assert head is not None
    assert north is not None
    in_head = {cast.leader.pk, cast.owner.pk, cast.teammate.pk, cast.outsider.pk}
    in_north = {cast.owner.pk, cast.teammate.pk}
    assert found(f"team={head.pk}", cast) == by_hand(deals, lambda d: d.owner_id in in_head)
    assert found(f"team={north.pk}", cast) == by_hand(deals, lambda d: d.owner_id in in_north)
    assert found(f"team=!{north.pk}", cast) == by_hand(deals, lambda d: d.owner_id not in in_north)
    assert found("team=none", cast) == by_hand(deals, lambda d: d.owner_id is None)
    assert found("team=mine", cast) == set()  # Ada is in no team, and owns nothing


def test_labels_one_of_several(deals: list[Deal], cast: Cast) -> None:
    hot, cold = deals[1].label_ids
    assert found(f"labels={hot}", cast) == {"big", "small"}
    assert found(f"labels={cold}", cast) == {"small"}
    assert found(f"labels=!{cold}", cast) == by_hand(deals, lambda d: cold not in d.label_ids)
    assert found(f"labels={cold},none", cast) == by_hand(deals, lambda d: not d.label_ids or cold in d.label_ids)


@override_settings(LEADLINE_TIME_ZONE="Europe/Helsinki")
def test_days_begin_where_the_company_s_do(deals: list[Deal], cast: Cast) -> None:
    """23:30 in London is Monday in Helsinki; 'small' was made two hours before, on Sunday also there."""
    assert found("created_at=today", cast) == {"big", "won"}
    assert found("created_at=2026-11-23", cast) == {"big", "won"}
    assert found("created_at=this-week", cast) == {"big", "won"}
    assert found("created_at=yesterday", cast) == {"small"}
    assert found("expected_close_on=past", cast) == {"unvalued", "won"}


def test_rotten_is_what_the_deal_says_of_itself(deals: list[Deal], cast: Cast) -> None:
    long_after = NOW + dt.timedelta(days=8)
    rotten = {str(deal) for deal in deals if deal.is_rotten(long_after)}
    assert rotten
    assert found("rotten=yes", cast, now=long_after) == rotten
    assert found("rotten=no", cast, now=long_after) == {str(deal) for deal in deals} - rotten


def test_the_next_activity_is_the_earliest_planned_one(deals: list[Deal], cast: Cast) -> None:
    def plan(deal: Deal, hours: float, **more: Any) -> Activity:
        return make.activity(deal=deal, due_at=NOW + dt.timedelta(hours=hours), **more)

    plan(deals[0], -2)
    plan(deals[0], 48)
    plan(deals[1], 48)
    plan(deals[2], -5).complete(by=SYSTEM)
    plan(deals[3], 1).trash(by=SYSTEM)
    make.activity(deal=deals[4])  # planned, for no day
    assert found("next_activity=overdue", cast) == {"big"}
    assert found("next_activity=none", cast) == {"unvalued", "zero", "lost"}
    assert found("next_activity=planned", cast) == {"big", "small", "won"}
    assert found("next_activity=2026-11-24", cast) == {"small"}, "big has an earlier one"
    assert found("next_activity=today", cast) == {"big"}
    assert found("next_activity=2026-11-23..", cast) == {"small"}


def test_own_fields_of_every_kind(deals: list[Deal], cast: Cast) -> None:
    fields = {
        kind: make.custom_field(kind) for kind in ("text", "number", "money", "date", "choice", "choices", "user")
    }
    values: dict[str, tuple[Any, Any]] = {
        "text": ("Löwe", "bear"),
        "number": ("9", "10.5"),
        "money": ("9", "-10.50"),
        "date": ("2026-11-22", "2026-02-01"),
        "choice": (1, 2),
        "choices": ([1, 2], [2]),
        "user": (cast.owner.pk, cast.leader.pk),
    }
    deals[0].set_own({fields[kind]: value[0] for kind, value in values.items()}, by=SYSTEM)
    deals[1].set_own({fields[kind]: value[1] for kind, value in values.items()}, by=SYSTEM)
    others = {str(deal) for deal in deals[2:]}

    def own(kind: str, text: str) -> set[str]:
        return found(f"own_{fields[kind].pk}={text}", cast)

    assert own("text", "löw") == {"big"} == own("text", "LÖWE")
    assert own("number", "..9") == {"big"}
    assert own("number", "9.5..") == {"small"}, "as numbers, not as text"
    assert own("money", "..0") == {"small"}
    assert own("date", "this-month") == {"big"}
    assert own("date", "..2026-10-01") == {"small"}
    assert own("choice", "1") == {"big"}
    assert own("choice", "!1") == {"small", *others}
    assert own("choices", "1") == {"big"}
    assert own("choices", "2") == {"big", "small"}
    assert own("user", "me") == set()
    assert own("user", str(cast.owner.pk)) == {"big"}
    for kind in fields:
        assert own(kind, "none") == others
        assert own(kind, "any") == {"big", "small"}


def test_people_are_found_by_their_addresses_alone(cast: Cast) -> None:
    make.person(name="Eve", emails=[{"value": "eve@acme.example", "label": "work", "primary": True}])
    make.person(name="Bob", phones=[{"value": "+49 30 12_3", "label": "primary", "primary": True}])
    make.person(name="Nil")
    assert found("emails=ACME", cast, Person) == {"Eve"}
    assert found("phones=12_3", cast, Person) == {"Bob"}
    assert found("emails=work", cast, Person) == set(), "labels are no addresses"
    assert found("emails=none", cast, Person) == {"Bob", "Nil"}
    assert found("q=acme", cast, Person) == {"Eve"}


def test_of_two_conditions_both_hold(deals: list[Deal], cast: Cast) -> None:
    assert found("status=open&value=any", cast) == by_hand(deals, lambda d: d.status == "open" and d.value is not None)


def test_activities_by_what_is_to_be_done(cast: Cast) -> None:
    make.activity(subject="late", due_at=NOW - dt.timedelta(hours=1))
    make.activity(subject="soon", due_at=NOW + dt.timedelta(hours=1))
    make.activity(subject="over", due_at=NOW - dt.timedelta(hours=1)).complete(by=SYSTEM)
    assert found("done=no", cast, Activity) == {"late", "soon"}
    assert found("overdue=yes", cast, Activity) == {"late"}
    assert found("overdue=no", cast, Activity) == {"soon", "over"}


def test_words_are_read_by_people(deals: list[Deal], cast: Cast) -> None:
    query = f"owner=me,{cast.owner.pk},none,{cast.leader.pk}&value=1000..&created_at=last-30-days&title=a&status=!won"
    filter = filtering.read("deal", query, cast.administrator)
    assert filter.words() == [
        "Title: contains “a”",
        "Value: at least 1,000",
        "Status: not Won",
        "Owner: me, Olga or 2 more",
        "Created: last 30 days",
    ]


def test_names_that_one_may_not_see_are_not_told(cast: Cast) -> None:
    from leadline.accounts.models import Visibility

    Visibility.objects.create(kind="organization", see="owner", change="owner")
    secret = make.organization(name="Secret", owner=cast.outsider)
    filter = filtering.read("deal", f"organization={secret.pk}", cast.owner)
    assert filter.words() == [f"Organization: no. {secret.pk}"]
    assert filtering.read("deal", f"organization={secret.pk}", cast.outsider).words() == ["Organization: Secret"]
    assert Organization.objects.visible_to(cast.owner).count() == 0


def test_what_cannot_be_understood_is_said_and_left_out(cast: Cast) -> None:
    query = "bogus=1&owner=x&value=much&value=..&created_at=never&status=pending&rotten=perhaps&title="
    filter = filtering.read("deal", QueryDict(query), cast.administrator)
    assert filter.conditions == ()
    assert len(filter.problems) == 6
    assert filter.query() == ""
    assert not filter
