"""What a change does to bookings: as much as it must, no sooner than it can."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leadline.insights.diagnosis.worth import worth
from leadline.insights.fitted.fitted import NOTHING, QUARTER, Change, Hired, Lift, lifted
from leadline.insights.fitted.fitting import fit
from leadline.insights.fitted.flowing import expected
from leadline.insights.fitted.simulating import both, simulate
from leadline.insights.fitted.sizing import filled
from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import Facts
from tests.insights.fitted import companies

TWICE = Change((Lift("leads", 2.0), Lift("deals", 2.0)))


@pytest.fixture(scope="module")
def fitted():
    return fit(companies.company()[0])


def ratio(fitted, change, quarters=6):
    return expected(fitted, change, quarters).mean(axis=0) / expected(fitted, NOTHING, quarters).mean(axis=0)


def test_twice_the_leads_are_twice_the_bookings_after_the_delay(fitted):
    found = ratio(fitted, TWICE)
    assert 1.05 < found[0] < 1.7
    assert found[-1] == pytest.approx(2.0, abs=0.03)
    assert (np.diff(found) > -0.01).all()


def test_factors_multiply(fitted):
    stage = int(fitted.stages[-1])  # all go through it, wherever they were recorded first
    assert ratio(fitted, lifted("conversion", 0.7, stage=stage))[-1] == pytest.approx(0.7, abs=0.01)
    assert ratio(fitted, lifted("size", 1.3)) == pytest.approx(1.3)
    assert ratio(fitted, lifted("lead_conversion", 0.5))[-1] < ratio(fitted, lifted("lead_conversion", 0.8))[-1] < 1
    both_ = lifted("conversion", 0.7, stage=stage).and_also(Lift("size", 2.0))
    assert ratio(fitted, both_)[-1] == pytest.approx(1.4, abs=0.02)


def test_time_only_moves_bookings_forward(fitted):
    found = expected(fitted, lifted("days", 0.5, stage=int(fitted.stages[2])), 6) - expected(fitted, NOTHING, 6)
    assert found[:, 0].mean() > 0
    assert abs(found[:, -1].mean()) < 0.02 * expected(fitted).mean()
    each = worth(fitted, lifted("days", np.linspace(0.5, 1.0, fitted.draws)))
    whole = worth(fitted, lifted("days", 0.5))
    assert 0 < each.value < whole.value


def test_a_person_and_a_source_count_for_their_part(fitted):
    stage, load = int(fitted.stages[1]), fitted.people.load[:, 1]
    person = int(np.argmax(load))
    one = worth(fitted, lifted("conversion", 1.2, stage=stage, person=person)).value
    everybody = worth(fitted, lifted("conversion", 1.2, stage=stage)).value
    assert one / everybody == pytest.approx(load[person] / load.sum(), rel=0.25)
    sources = np.unique(fitted.streams.source)
    parts = sum(worth(fitted, lifted("leads", 1.1, source=int(one))).value for one in sources)
    assert parts == pytest.approx(worth(fitted, lifted("leads", 1.1)).value, rel=0.05)


def test_what_is_not_there_is_refused(fitted):
    for change in (lifted("luck", 2.0), lifted("leads", -1.0), lifted("size", float("nan"))):
        with pytest.raises(ValueError):
            expected(fitted, change)
    with pytest.raises(ValueError):
        expected(fitted, NOTHING, 9)


def test_nothing_changed_is_worth_nothing(fitted):
    assert worth(fitted, lifted("conversion", 1.0)) == worth(fitted, NOTHING)
    assert worth(fitted, NOTHING).high == 0


def test_another_seller_adds_what_leads_allow(fitted):
    usual = expected(fitted).mean()
    hired = worth(fitted, Change(hired=Hired(1)))
    assert abs(hired.value) < 0.04 * usual  # the simulator's sellers have all the leads they get
    own = Change(hired=Hired(1, own=1.0, ramp=0.0, capacity=float(fitted.sellers.capacity.mean())))
    slow = Change(hired=Hired(1, own=1.0, ramp=12.0, capacity=float(fitted.sellers.capacity.mean())))
    assert worth(fitted, own).value > worth(fitted, slow).value > 0.02 * usual
    assert worth(fitted, own).value < 0.3 * usual
    later = Change(hired=Hired(1, after=6.0, own=1.0))
    assert not (expected(fitted, later) - expected(fitted))[:, :2].any()
    capped = worth(fitted, Change(TWICE.lifts, capped=True))
    assert capped.value < 0.6 * worth(fitted, TWICE).value
    more = worth(fitted, Change(TWICE.lifts, hired=Hired(3, ramp=0.0), capped=True))
    assert more.value > capped.value
    fewer = worth(fitted, Change(hired=Hired(-4)))
    assert fewer.value < 0
    # Whatever is asked of very few people: nobody carries less than nothing.
    assert (expected(fitted, Change(hired=Hired(-50))) >= 0).all()


def test_whales(fitted):
    standing = fitted.standing
    largest = int(
        standing.deal[np.nanargmax(np.where(np.isfinite(standing.value), standing.value * standing.still, 0))]
    )
    lost = expected(fitted, Change(without=(largest,))) - expected(fitted)
    assert (lost.sum(axis=1) < 0).all()
    assert not (expected(fitted, Change(without=(10**6,))) - expected(fitted)).any()
    assert worth(fitted, Change(without_largest=1)).high < 0


def test_simulated_bookings_are_what_is_expected_with_luck(fitted):
    before, after = both(fitted, lifted("size", 1.2), 4)
    assert before.shape == (fitted.draws, 4)
    assert before.mean() == pytest.approx(expected(fitted).mean(), rel=0.05)
    assert before.std(axis=0).min() > 1.5 * expected(fitted).std(axis=0).min()
    # The same luck: a fifth more of each draw, though luck alone moves them by far more.
    assert np.allclose(after / before, 1.2)
    rng = np.random.default_rng
    assert np.array_equal(simulate(fitted, NOTHING, 4, rng(1)), simulate(fitted, NOTHING, 4, rng(1)))
    more, _ = both(fitted, NOTHING, 4)
    _, doubled = both(fitted, TWICE, 4)
    assert (doubled.sum(axis=1) > more.sum(axis=1)).all()
    last = fitted.history.booked
    assert np.quantile(before[:, 0], 0.005) < last.mean() * 1.3
    assert np.quantile(before[:, 0], 0.995) > last.mean() * 0.7


def test_a_quarter_ago_it_would_have_held_what_came():
    ledger, _truth = companies.company("leaky_stage", 11, 12, 6_000)
    before = as_of(ledger, ledger.as_of - QUARTER)
    drawn = simulate(fit(before), NOTHING, 1, np.random.default_rng(1))[:, 0]
    came = (ledger.deals.status == 1) & (ledger.deals.closed >= before.as_of)
    low, high = np.quantile(drawn, (0.005, 0.995))
    assert low <= np.nansum(ledger.deals.value[came]) <= high
    assert high < 2.2 * low


def test_amounts_that_are_filled_in_by_the_win():
    ledger, _truth = companies.company()
    won = np.flatnonzero(ledger.deals.status == 1)[:4]
    value = ledger.deals.value.copy()
    value[won] = (10.0, 10.0, 10.0, np.nan)
    created = ledger.deals.created
    # One had its amount from the first day, two got it on the last, one never.
    facts = Facts(
        won[[0, 1, 1, 2, 2]].astype(np.int32),
        np.array([created[won[0]], created[won[1]], 1e9, created[won[2]], 1e9]),
        np.array([10.0, np.nan, 10.0, np.nan, 10.0]),
    )
    ledger = replace(ledger, values=facts, deals=replace(ledger.deals, value=value))
    assert filled(ledger, won) == pytest.approx(2.5 / 4)
    assert filled(ledger, won[:0]) == pytest.approx(0.5)
