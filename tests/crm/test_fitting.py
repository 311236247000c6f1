"""Fit (R44): the formula, what is unknown, what it follows, who may read why, and the sweep."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM, actor
from leadline.accounts.models import Visibility
from leadline.crm import fitting
from leadline.crm.fitting import explained, fit_of, read
from leadline.crm.fitting.criteria import weighed
from leadline.crm.fitting.sweeping import STEPS, portion
from leadline.crm.merging import merge
from leadline.crm.models import CustomField, Deal, FitCriterion, FitSweep, Lead, Source
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def criterion(query: str, weight: int = 10, of: str = "organization") -> FitCriterion:
    return FitCriterion(name=query, of=of, query=query, weight=weight).add(by=SYSTEM)


def fit(record: Deal | Lead) -> int | None:
    record.refresh_from_db()
    return record.fit


@given(st.lists(st.tuples(st.integers(-100, 100), st.sampled_from([True, False, None])), max_size=6))
def test_the_formula(parts: list[tuple[int, bool | None]]) -> None:
    found = weighed([weight for weight, _met in parts], [met for _weight, met in parts])
    most = sum(weight for weight, _met in parts if weight > 0)
    if not most or all(met is None for _weight, met in parts):
        assert found is None
        return
    share = 100 * sum(weight for weight, met in parts if met) / most
    assert found is not None
    assert abs(found - max(0, min(100, share))) <= 0.5


def test_a_fit_is_explained_and_what_is_not_known_is_said() -> None:
    web, fair = (Source(name=name).add(by=SYSTEM) for name in ("Web", "Fair"))
    criterion("industry=hotel", 30)
    criterion("address=Berlin", 10)
    criterion("industry=school", -20)
    criterion(f"source={fair.pk}", 20, "lead")
    criterion(f"source={web.pk}", 20, "deal")
    hotel = make.organization(name="Ritz", industry="Hotels")
    lead, deal = make.lead(organization=hotel, source=web), make.deal(organization=hotel, source=web)
    assert (fit(lead), fit(deal)) == (50, 83)
    assert [part.met for part in explained(deal)] == [True, None, False, True]
    assert [part.met for part in explained(hotel)] == [True, None, False]
    assert fit_of(hotel) == 75
    # whom it is about is also the person's organization
    assert fit(make.lead(person=make.person(organization=hotel))) == 50
    # nothing is known, or nothing is earned
    assert fit(make.lead()) is None
    assert fit(make.lead(source=web)) == 0
    assert fit(make.lead(organization=make.organization(industry="School of hotel keepers"))) == 17


def test_it_follows_what_changes() -> None:
    criterion("industry=hotel", 10)
    criterion("job_title=owner", 10, "person")
    criterion("territory=Berlin", 20, "deal")
    own = CustomField(entity="deal", name="Rooms", kind="number").add(by=SYSTEM)
    criterion(f"own_{own.pk}=50..", 40, "deal")
    firm, other = make.organization(industry="Hotel", address="Berlin"), make.organization(industry="Bakery")
    who = make.person(organization=firm)
    deal = make.deal(organization=firm, person=who)
    assert fit(deal) == 38
    deal.set_own({own: 60}, by=SYSTEM)
    assert fit(deal) == 88
    who.edit(by=SYSTEM, job_title="Owner")
    assert fit(deal) == 100
    firm.edit(by=SYSTEM, industry="Bakery")
    assert fit(deal) == 88
    deal.edit(by=SYSTEM, organization=None)
    assert fit(deal) == 63  # the person's organization is a bakery, and a territory needs one of its own
    lead = make.lead(person=who)
    assert fit(lead) == 50
    who.edit(by=SYSTEM, organization=other)
    other.edit(by=SYSTEM, industry="Hotel and bakery")
    assert fit(lead) == 100
    deal.edit(by=SYSTEM, organization=other)
    merge(firm, other, by=SYSTEM)
    assert Deal.objects.get(pk=deal.pk).organization == firm
    assert fit(deal) == 88


def test_undo_takes_the_fit_back(cast: Cast) -> None:
    criterion("industry=hotel")
    firm = make.organization(industry="Hotel", owner=cast.owner)
    deal = make.deal(organization=firm)
    by = actor(cast.administrator).together()
    firm.edit(by=by, industry="Bank")
    assert fit(deal) == 0
    assert by.act
    undo_act(by.act, by=cast.administrator)
    assert fit(deal) == 100


def test_a_criterion_says_something_of_the_client() -> None:
    for of, query in (
        ("deal", "status=won"), ("deal", "rotten=yes"), ("deal", "fit=50.."), ("deal", "q=x"), ("lead", "owner=1"),
        ("deal", "created_at=today"), ("organization", ""), ("organization", "nothing=1"), ("planet", "name=x"),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            read(of, query)
    assert read("deal", "value=10000..").query() == "value=10000.."


def test_who_may_not_see_the_client_does_not_hear_of_them(cast: Cast) -> None:
    Visibility.objects.create(kind="organization", see="owner", change="owner")
    criterion("industry=hotel")
    criterion("value=5000..", 10, "deal")
    criterion("territory=Berlin", 10, "deal")
    firm = make.organization(industry="Hotel", owner=cast.administrator, address="Berlin")
    deal = make.deal(organization=firm, owner=cast.owner, value=Decimal(9000))
    told = [(part.met, part.hidden) for part in explained(deal, cast.owner)]
    assert told == [(None, True), (True, False), (None, True)]
    assert [part.met for part in explained(deal, cast.administrator)] == [True, True, True]
    assert fit(deal) == 100


def test_nobody_learns_of_a_client_whom_they_may_not_see_by_trying_criteria(cast: Cast) -> None:
    firm = make.organization(industry="Timber", owner=cast.outsider, by=cast.outsider)
    make.deal(owner=cast.owner, organization=firm)
    Visibility.objects.create(kind="organization", see="owner", change="owner")
    for of, query in (("organization", "industry=Timber"), ("deal", f"organization={firm.pk}")):
        asked = FitCriterion(name="Tries", of=of, query=query, weight=10)
        trial = fitting.try_out([asked], cast.owner)
        (told,) = trial.by_criterion.values()
        assert (told["deals"].met, told["deals"].unmet, told["deals"].unknown) == (0, 0, 1)
        assert trial.fits["deals"] == {None: 1}
        (told,) = fitting.try_out([asked], cast.administrator).by_criterion.values()
        assert told["deals"].met == 1


def test_other_criteria_wind_everything_once_and_where_it_was_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadline.crm.fitting.sweeping.AT_ONCE", 2)
    hotel = make.organization(industry="Hotel")
    deals = [make.deal(organization=hotel) for _ in range(5)]
    deals[4].win(by=SYSTEM)
    lead = make.lead(organization=hotel)
    assert [fit(lead), *map(fit, deals)] == [None] * 6
    first = criterion("industry=hotel", 30)
    assert fitting.progress() == 0
    assert [portion(), portion()] == [1, 2]
    assert [fit(deal) for deal in deals] == [100, 100, None, None, None]
    assert 0 < (fitting.progress() or 0) < 1
    assert fitting.catch_up() == 3
    assert (portion(), fitting.progress()) == (None, None)
    assert FitSweep.objects.get().step == len(STEPS)
    first.edit(by=SYSTEM, name="Hotels", position=3)
    assert portion() is None
    criterion("domain=example.com", 10)
    first.edit(by=SYSTEM, weight=10)
    assert portion() == 1  # of leads
    first.trash(by=SYSTEM)  # others in the middle of it: it begins again
    assert fitting.catch_up() == 6
    assert fit(lead) is None
    first.restore(by=SYSTEM)
    fitting.catch_up()
    assert fit(deals[4]) == 50  # what is closed is measured by the same rule
    FitCriterion.objects.all().delete()
    fitting.catch_up()
    assert not Deal.objects.exclude(fit=None).exists()


def test_days_are_looked_at_anew_each_day(monkeypatch: pytest.MonkeyPatch) -> None:
    own = CustomField(entity="organization", name="Contract ends", kind="date").add(by=SYSTEM)
    day = dt.date(2026, 5, 4)
    monkeypatch.setattr("leadline.crm.conditions.timezone.now", lambda: dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC))
    criterion(f"own_{own.pk}=past")
    firm = make.organization()
    firm.set_own({own: day}, by=SYSTEM)
    deal = make.deal(organization=firm)
    fitting.catch_up()
    assert fit(deal) == 0
    assert portion() is None
    monkeypatch.setattr("leadline.crm.conditions.timezone.now", lambda: dt.datetime(2026, 5, 5, 12, tzinfo=dt.UTC))
    assert fitting.catch_up() == 1
    assert fit(deal) == 100
    own.trash(by=SYSTEM)  # a criterion that cannot be understood any more is left out
    fitting.catch_up()
    assert fit(deal) is None
