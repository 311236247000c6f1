"""The forecast: what was known then and nothing else, parts that add up, and no number where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from leadline.insights.forecast import forecasting
from leadline.insights.forecast.answer import MEDIAN, PARTS, Forecast
from leadline.insights.forecast.clock import since_the_last_record
from leadline.insights.forecast.days import days, today
from leadline.insights.forecast.drawing import Drawn, drawn, generator
from leadline.insights.forecast.events import times
from leadline.insights.forecast.forecasting import forecast
from leadline.insights.forecast.part import targets_of
from leadline.insights.forecast.past import stood
from leadline.insights.forecast.standing import Book, standing
from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import NOBODY, Ledger, Status
from leadline.insights.ledger.narrowing import narrowed
from leadline.insights.ledger.rows import places_of
from leadline.insights.outlook.looking_back import looking_back
from tests.insights.forecast import companies


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return companies.company()


@pytest.fixture(scope="module")
def found(ledger: Ledger) -> Forecast:
    return forecast(ledger, origins=3)


def test_what_came_later_changes_nothing(ledger: Ledger) -> None:
    moment = ledger.as_of - 120
    honest = forecast(as_of(ledger, moment), past=())
    planted = forecast(as_of(companies.planted(ledger, moment), moment), past=())
    assert honest.all is not None
    assert planted.all is not None
    assert np.array_equal(honest.all.draws, planted.all.draws)
    assert np.array_equal(honest.deals.won, planted.deals.won)
    assert all(
        np.array_equal(one.money, other.money, equal_nan=True)
        for one, other in zip(honest.baselines, planted.baselines, strict=True)
    )


def test_rows_that_teach_say_what_was_known_then(ledger: Ledger) -> None:
    moment = ledger.as_of - 120
    then, now = Book(as_of(ledger, moment)), Book(companies.planted(ledger, moment))
    deals = then.open
    rows = places_of(now.ledger.deals.id, then.ledger.deals.id[deals])
    at = np.full(len(deals), moment)
    for name in ("stage", "owner", "in_stage", "age", "touches", "quiet", "pushes", "ahead", "value"):
        known, later = getattr(standing(then, deals, at), name), getattr(standing(now, rows, at), name)
        assert np.array_equal(known, later, equal_nan=True), name


def test_the_same_data_give_the_same_answer(ledger: Ledger, found: Forecast) -> None:
    again = forecast(ledger, origins=3)
    assert found.all is not None
    assert again.all is not None
    assert np.array_equal(found.all.draws, again.all.draws)


def test_groups_add_up_to_everything_draw_by_draw(found: Forecast) -> None:
    assert found.all is not None
    for by in ("owner", "team", "source", "pipeline", "revenue"):
        mine = [group for (name, _), group in found.groups.items() if name == by]
        assert np.allclose(sum(group.draws.astype(float) for group in mine), found.all.draws, rtol=1e-4, atol=1)
        assert sum(group.wins for group in mine) == pytest.approx(found.all.wins)


def test_parts_and_what_is_won_make_the_mean(found: Forecast) -> None:
    assert found.all is not None
    whole = found.all.won + sum(found.all.parts[part] for part in PARTS)
    assert found.all.mean == pytest.approx(whole, rel=1e-4)


def test_a_running_quarter_counts_what_is_won_in_it(ledger: Ledger, found: Forecast) -> None:
    assert found.all is not None
    place = found.places("quarter")[0]
    span = found.spans[place]
    closed = days(ledger, ledger.deals.closed)
    won = (ledger.deals.status == Status.WON) & (closed >= span.start) & (closed <= span.end)
    assert span.start < today(ledger) <= span.end
    assert found.all.won[place] == pytest.approx(np.nansum(ledger.deals.value[won]))
    assert found.all.draws[:, place].min() >= found.all.won[place] - 1


def test_weeks_make_the_horizon(found: Forecast) -> None:
    assert found.all is not None
    weeks = found.all.draws[:, found.places("week")].astype(float).sum(axis=1)
    assert np.allclose(weeks, found.all.draws[:, found.places("horizon")[0]], rtol=1e-4, atol=1)


def test_open_deals_carry_their_part(found: Forecast) -> None:
    assert found.all is not None
    deals = found.deals
    assert ((deals.won >= 0) & (deals.won + deals.lost <= 1 + 1e-9)).all()
    assert (deals.won_in_quarter <= deals.won + 1e-9).all()
    share = found.all.parts["open"][found.places("horizon")[0]]
    assert deals.money.sum() == pytest.approx(share, rel=0.25)  # the mean of draws, which the correction moves


def test_what_is_parked_is_in_no_forecast(ledger: Ledger) -> None:
    open_deals = Book(ledger).open
    status = ledger.deals.status.copy()
    status[open_deals[:5]] = Status.NURTURE
    assert Book(replace(ledger, deals=replace(ledger.deals, status=status))).open.tolist() == open_deals[5:].tolist()


def test_targets_are_met_by_the_draws_that_reach_them(ledger: Ledger) -> None:
    rows = np.flatnonzero((ledger.targets.start <= today(ledger)) & (ledger.targets.end >= today(ledger)))
    company = rows[(ledger.targets.person[rows] == NOBODY) & (ledger.targets.team[rows] == NOBODY)][0]
    amounts = ledger.targets.amount.copy()

    def chance(amount: float, end: float = 0.0) -> float | None:
        amounts[company] = amount
        ends = ledger.targets.end.copy()
        ends[company] += end
        told = forecast(replace(ledger, targets=replace(ledger.targets, amount=amounts, end=ends)), past=()).targets
        return next(one.probability for one in told if one.row == company)

    assert chance(1.0) == 1.0
    assert chance(1e12) == 0.0
    assert chance(1.0, end=400) is None


def test_past_forecasts_are_of_past_ledgers(ledger: Ledger, found: Forecast) -> None:
    one = next(past for past in found.past if past.weeks == 4)
    then = forecast(as_of(ledger, one.as_of), 4, past=())
    assert then.all is not None
    middle = then.all.quantiles[then.places("horizon")[0], MEDIAN]
    assert one.quantiles[MEDIAN] == pytest.approx(middle, rel=0.35)  # fewer draws, from fewer rows
    closed = ledger.deals.closed
    won = (ledger.deals.status == Status.WON) & (closed >= one.as_of) & (closed < one.as_of + 28)
    assert one.outcome == pytest.approx(np.nansum(ledger.deals.value[won]))


POOR: dict[str, Callable[[Ledger], Ledger]] = {
    "no losses": lambda one: companies.only(one, one.deals.status < Status.LOST),
    "none open": lambda one: companies.only(one, one.deals.status != Status.OPEN),
    "equal values": lambda one: companies.valued(one, 1000.0),
    "nothing but deals": companies.bare,
    "one stage, one seller": lambda one: replace(
        one,
        visits=replace(one.visits, stage=one.visits.stage * 0),
        deals=replace(one.deals, stage=one.deals.stage * 0, owner=one.deals.owner * 0),
        owners=replace(one.owners, was=one.owners.was * 0),
    ),
    "one giant deal": companies.with_giant,
}


@pytest.mark.parametrize("name", POOR)
@pytest.mark.filterwarnings("error")
def test_poor_data_give_a_number_that_is_one(ledger: Ledger, name: str) -> None:
    told = forecast(POOR[name](ledger), origins=1)
    assert told.all is not None
    for group in told.groups.values():
        assert np.isfinite(group.draws).all()
        assert np.isfinite(group.quantiles).all()
    assert np.isfinite(told.deals.won).all()
    assert np.isfinite(told.deals.money).all()


def test_one_giant_deal_does_not_make_the_forecast(ledger: Ledger, found: Forecast) -> None:
    told = forecast(companies.with_giant(ledger), origins=3)
    assert told.all is not None
    assert found.all is not None
    place = found.places("horizon")[0]
    assert told.all.quantiles[place, MEDIAN] < 2 * found.all.quantiles[place, MEDIAN]


@pytest.mark.parametrize(("closed", "reason"), [(0, "few_closed"), (1, "few_closed"), (5, "few_closed")])
def test_few_closed_deals_give_no_number(closed: int, reason: str) -> None:
    told = forecast(companies.with_closed(closed))
    assert told.cannot is not None
    assert told.cannot.reason == reason
    assert told.cannot.more == 10 - closed
    assert str(told.cannot.more) in told.cannot.sentence
    assert not told.groups
    assert all(one.probability is None and one.cannot == told.cannot for one in told.targets)


@pytest.mark.parametrize(
    ("poor", "reason"),
    [
        (lambda one: companies.only(one, one.deals.status < 0), "no_deals"),
        (lambda one: companies.only(one, one.deals.status == Status.OPEN), "few_closed"),
        (lambda one: companies.only(one, one.deals.status != Status.WON), "none_won"),
        (lambda one: companies.valued(one, np.nan), "no_amounts"),
        (companies.at_one_moment, "one_day"),
    ],
)
def test_no_number_says_why(ledger: Ledger, poor: Callable[[Ledger], Ledger], reason: str) -> None:
    told = forecast(poor(ledger))
    assert told.cannot is not None
    assert told.cannot.reason == reason


def test_numbers_that_are_not_finite_are_not_told(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*asked: Any) -> Drawn:
        made = drawn(*asked)
        return replace(made, events=times(made.events, np.full(made.events.draws, np.nan)))

    monkeypatch.setattr(forecasting, "drawn", broken)
    told = forecasting.forecast(ledger, past=())
    assert told.cannot is not None
    assert told.cannot.reason == "unsound"
    assert not told.groups


def test_few_closed_deals_are_told_by_a_table(ledger: Ledger) -> None:
    told = forecast(companies.with_closed(100), past=())
    assert told.basis.method == "table"
    assert told.all is not None
    assert told.all.quantiles[-1, 0] < told.all.quantiles[-1, -1]


def test_a_horizon_is_some_weeks(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="1 to 52 weeks"):
        forecast(ledger, 0)


def test_a_part_is_learned_from_all_and_adds_up_its_own(ledger: Ledger, found: Forecast) -> None:
    owner = int(np.bincount(found.deals.owner[found.deals.owner >= 0]).argmax())
    mine = ledger.deals.owner == owner
    told = forecast(ledger, past=found.past, part=narrowed(ledger, mine, np.zeros(len(ledger.leads), bool)))
    every = {
        int(pk): (chance, money)
        for pk, chance, money in zip(found.deals.id, found.deals.won, found.deals.money, strict=True)
    }
    assert {int(pk) for pk in told.deals.id} == {int(pk) for pk in ledger.deals.id[mine & (ledger.deals.status == 0)]}
    assert [every[int(pk)] for pk in told.deals.id] == list(zip(told.deals.won, told.deals.money, strict=True))
    assert told.all is not None
    assert np.array_equal(told.all.draws, found.groups["owner", owner].draws)
    assert {place for by, place in told.groups if by == "owner"} == {owner}
    assert (told.basis.closed, told.past) == (0, ())


def test_draws_are_those_of_the_day(ledger: Ledger) -> None:
    morning, evening = (generator(replace(ledger, as_of=np.floor(ledger.as_of) + at)) for at in (0.3, 0.7))
    assert morning.random() == evening.random()


@pytest.mark.filterwarnings("error")
def test_records_that_ended_long_ago_foretell_nothing(ledger: Ledger) -> None:
    late = replace(ledger, as_of=ledger.as_of + 900)
    told = forecast(late)
    assert told.cannot is not None
    assert told.cannot.reason == "ended"
    assert "2026-05" in told.cannot.sentence
    assert not told.groups
    back = looking_back(late, 13)
    assert not back.stands
    assert back.cannot is not None
    assert back.cannot.reason == "ended"


def test_what_comes_at_midnight_is_not_known_before(ledger: Ledger) -> None:
    moment = float(np.floor(ledger.as_of)) - 60
    facts = replace(ledger.statuses, since=np.where(ledger.statuses.since > moment, moment, ledger.statuses.since))
    assert len(stood(replace(ledger, statuses=facts), moment).statuses) == len(stood(ledger, moment).statuses)


def test_the_minute_of_looking_changes_nothing(ledger: Ledger) -> None:
    begun = float(np.floor(ledger.as_of)) - 30
    morning, evening = (
        since_the_last_record(replace(stood(ledger, begun + at), as_of=begun + at), begun) for at in (0.01, 0.011)
    )
    assert begun <= morning.as_of <= begun + 0.01
    assert morning.as_of == evening.as_of
    assert since_the_last_record(replace(ledger, as_of=ledger.as_of + 9.5), ledger.as_of + 9).as_of == ledger.as_of + 9


def test_a_part_knows_its_own_targets_only(ledger: Ledger) -> None:
    targets, staff, names = ledger.targets, ledger.staff, ledger.names
    team = int(staff.team.max())
    mine = targets_of(ledger, None, int(names["team"].ids[team]))
    assert not mine[(targets.team == NOBODY) & (targets.person == NOBODY)].any()
    assert mine[targets.team == team].all()
    assert not targets_of(ledger, int(names["pipeline"].ids[0]), None)[targets.pipeline == NOBODY].any()
    assert targets_of(ledger, None, None).all()
