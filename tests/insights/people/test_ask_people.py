"""Targets, bars, signs, labels and symptoms of a company in the database, and who sees them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Visibility
from leadline.crm.models.target import Target
from leadline.history import members
from leadline.insights import ask, ask_attainment, ask_people
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed

TODAY = dt.date(2026, 6, 15)  # a Monday: ten of June's 22 working days are over, and one more begins
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _won(owner, day: dt.date, value: int) -> None:
    deal = factories.deal(owner=owner, value=Decimal(value), created_at=_noon(day - 9 * DAY), at=_noon(day - 9 * DAY))
    deal.win(by=SYSTEM, at=_noon(day))


def _target(amount: int, metric: str = "booked_revenue", **whose) -> None:
    days = {"start_on": dt.date(2026, 6, 1), "end_on": dt.date(2026, 6, 30)}
    Target(metric=metric, amount=Decimal(amount), **{**days, **whose}).add(by=SYSTEM, at=_noon(dt.date(2026, 1, 1)))


def _history(cast: Cast) -> None:
    """Four months of which a fifth was booked by the middle, and June up to its own middle."""
    for month in range(2, 6):
        _won(cast.owner, dt.date(2026, month, 5), 2000)
        _won(cast.owner, dt.date(2026, month, 25), 8000)
    _won(cast.owner, dt.date(2026, 6, 5), 3000)


def test_targets_are_reached_by_the_teams_own_season(cast: Cast) -> None:
    _history(cast)
    _target(12_000, user=cast.owner)
    _target(50_000)
    _target(2, "win_rate")
    _target(9, "nothing_of_that_name")
    _target(9, start_on=dt.date(2026, 7, 1), end_on=dt.date(2026, 7, 31))
    found = {each.target.metric + (each.target.owner or ""): each for each in ask_attainment.attainment(as_of=TODAY)}
    assert len(found) == 4
    own = found["booked_revenueOlga"]
    assert (own.done, own.n, own.share) == (Decimal(3000), 1, 0.25)
    assert own.pace is not None
    assert own.pace.seasonal
    assert own.pace.usual == pytest.approx(0.2)
    assert own.pace.expected == pytest.approx(15_000)
    assert found["booked_revenue"].share == pytest.approx(0.06)
    assert (found["win_rate"].done, found["win_rate"].pace) == (1.0, None)
    assert (found["nothing_of_that_name"].done, found["nothing_of_that_name"].share) == (None, None)
    assert len(ask_attainment.attainment(as_of=TODAY, start=dt.date(2026, 7, 1), end=dt.date(2026, 7, 31))) == 1
    assert [each.target.owner for each in ask_attainment.attainment(as_of=TODAY, where={"owner": "Olga"})] == ["Olga"]


def test_a_month_without_earlier_ones_goes_by_working_days(cast: Cast) -> None:
    _won(cast.owner, dt.date(2026, 6, 5), 3000)
    _target(12_000)
    (only,) = ask_attainment.attainment(as_of=TODAY)
    assert only.pace is not None
    assert not only.pace.seasonal
    assert only.pace.usual == pytest.approx(0.5)  # 11 of 22 working days
    assert only.pace.expected == pytest.approx(6000)


def test_who_sees_only_their_deals_sees_only_their_targets(cast: Cast) -> None:
    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    _history(cast)
    _target(12_000, user=cast.owner)
    _target(50_000)
    assert [each.target.owner for each in ask_attainment.attainment(as_of=TODAY, user=cast.owner)] == ["Olga"]
    assert ask_attainment.attainment(as_of=TODAY, user=cast.teammate) == []
    assert len(ask_attainment.attainment(as_of=TODAY, user=cast.leader)) == 2
    for month in range(2, 6):
        _won(cast.outsider, dt.date(2026, month, 5), 10_000)  # the company's season is another than Olga's own
    (own,) = ask_attainment.attainment(as_of=TODAY, user=cast.owner)
    (same,) = ask_attainment.attainment(as_of=TODAY, user=cast.administrator, where={"owner": "Olga"})
    assert own == same
    assert own.pace is not None
    assert own.pace.usual == pytest.approx(0.6)
    turnover = {one.key: one for one in ask_people.symptoms(as_of=TODAY, user=cast.owner)}["turnover"]
    assert not turnover.measured


def test_a_company_of_nothing_claims_nothing(cast: Cast) -> None:
    assert ask_people.benchmark() == ([], [])
    assert {one.verdict for one in ask_people.vanity()} <= {"unsure"}
    assert not any(one.measured and one.present for one in ask_people.symptoms())
    assert ask_attainment.attainment() == []


def test_symptoms_are_of_the_year_up_to_the_moment(cast: Cast) -> None:
    _history(cast)
    told = {one.key: one for one in ask_people.symptoms(as_of=TODAY)}
    assert (told["close_rate"].value, told["close_rate"].n) == (1.0, ask.report("win_rate").rows[0]["n"])
    assert told["close_rate"].present is False
    assert {key for key, one in told.items() if not one.measured} >= {"unhappy", "bookings", "wasted"}
    early = {one.key: one for one in ask_people.symptoms(as_of=dt.date(2025, 6, 1))}
    assert not early["close_rate"].measured
