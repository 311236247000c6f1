"""What the forecast is made of, against slow second definitions and known answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.forecast import arrivals, births
from leadline.insights.forecast.answer import LEVELS, Correction, Past
from leadline.insights.forecast.correction import correction
from leadline.insights.forecast.shocks import factors
from leadline.insights.forecast.spells import LOST, STILL, WON, spells
from leadline.insights.forecast.times import times
from leadline.insights.ledger.ledger import NEVER, Facts, Status
from tests.insights.forecast import companies

MOMENTS = st.floats(0, 100, allow_nan=False, width=16)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), MOMENTS), max_size=12), st.integers(0, 3), MOMENTS)
def test_the_last_row_by_then(rows: list[tuple[int, float]], deal: int, at: float) -> None:
    rows = sorted(rows)
    found = times(np.array([row[0] for row in rows], np.int32), np.array([row[1] for row in rows]), 4)
    mine = [place for place, row in enumerate(rows) if row[0] == deal and row[1] <= at]
    asked = np.array([deal], np.int32), np.array([at])
    assert found.last(*asked)[0] == (mine[-1] if mine else -1)
    assert found.until(*asked)[0] == len(mine)


def test_spells_of_a_deal_that_was_reopened() -> None:
    ledger = companies.only(companies.company(), np.arange(len(companies.company().deals)) < 3)
    statuses = Facts(
        np.array([0, 0, 0, 0, 1], np.int32),
        np.array([1.0, 5.0, 9.0, 12.0, 3.0]),
        np.array([Status.OPEN, Status.LOST, Status.OPEN, Status.WON, Status.OPEN], float),
    )
    deals = replace(ledger.deals, closed=np.array([12.0, NEVER, 7.0]), status=np.array([1, 0, 2], np.int8))
    found = spells(replace(ledger, statuses=statuses, deals=replace(deals, created=np.array([1.0, 3.0, 2.0]))))
    assert found.deal.tolist() == [0, 0, 1, 2]
    assert found.begun.tolist() == [1.0, 9.0, 3.0, 2.0]
    assert found.ended.tolist() == [5.0, 12.0, NEVER, 7.0]
    assert found.outcome.tolist() == [LOST, WON, STILL, LOST]


def test_wins_of_deals_to_come_by_hand() -> None:
    rates, share = np.array([[10.0, 20.0, 0.0]]), np.array([[0.1, 0.2, 0.0, 0.4]])
    # Week 1: at once 1, half of a week's 2. Week 2: at once 2, the other 1, half of week 2's 4. Week 3: the other 2,
    # half of what is won of week 1's in their third week.
    assert births.booked(rates, share)[0] == pytest.approx([2.0, 5.0, 4.0])


def test_a_steady_flow_is_told_with_its_luck() -> None:
    rng = np.random.default_rng(3)
    inside = []
    for _ in range(60):
        counts = rng.poisson(12.0, 60).astype(float)
        rates = arrivals.rates(arrivals.stream(counts, np.ones(60)), np.ones(4), 400, rng)
        low, high = np.quantile(rng.poisson(rates).sum(axis=1), (0.05, 0.95))
        inside.append(low <= rng.poisson(48.0) <= high)
    assert 0.8 <= np.mean(inside) <= 1.0


def test_a_flow_that_fell_is_followed() -> None:
    rng = np.random.default_rng(4)
    counts = np.concatenate([rng.poisson(40.0, 60), rng.poisson(10.0, 10)]).astype(float)
    found = arrivals.stream(counts, np.ones(70))
    assert found.shape / found.rate < 16


def test_a_season_is_found_in_two_years() -> None:
    week = np.arange(104)
    wave = 1 + 0.3 * np.sin(2 * np.pi * week / arrivals.YEAR)
    counts = np.random.default_rng(5).poisson(100 * wave).astype(float)
    ahead = arrivals.season(counts, 26)[104:]
    truth = 1 + 0.3 * np.sin(2 * np.pi * np.arange(104, 130) / arrivals.YEAR)
    assert np.corrcoef(ahead, truth)[0, 1] > 0.95
    assert np.array_equal(arrivals.season(counts[:30], 5), np.ones(35))


def test_good_and_bad_months_leave_the_mean() -> None:
    found = factors(0.3, 13, 20_000, np.random.default_rng(6))
    assert found.mean() == pytest.approx(1, abs=0.02)
    assert np.log(found[:, 0]).std() == pytest.approx(0.3, abs=0.02)
    assert np.array_equal(found[:, 0], found[:, 3])


def past(outcomes: list[float]) -> list[Past]:
    """Forecasts that said 100, 74 to 135 with 90 % chance, as a log-normal has it."""
    quantiles = 100 * np.exp(0.1828 * np.array([-1.645, *np.linspace(-1.2, 1.2, len(LEVELS) - 2), 1.645]))
    return [Past(28.0 * place, 4, quantiles, 0.0, 0.0, 0.0, one) for place, one in enumerate(outcomes)]


def test_past_errors_widen_and_never_narrow() -> None:
    assert correction([]) == Correction(0)
    calm = correction(past([98, 102, 100, 101, 99, 100]))
    assert calm.spread == 1.0
    assert calm.shift == 0.0
    wild = correction(past([50, 200, 55, 190, 60, 210]))
    assert wild.spread > 1.5
    assert abs(wild.shift) < 0.05


def test_only_an_error_beyond_luck_is_mended() -> None:
    assert correction(past([110, 95, 115, 100, 108, 104])).shift == 0.0
    assert correction(past([160, 150, 170, 155, 165, 158])).shift > 0.15
