"""Changes over time: the search for a date is paid for, and share and time are told apart."""

from __future__ import annotations

import numpy as np
import pytest

from leadline.insights.diagnosis.arrivals import arrivals
from leadline.insights.diagnosis.changing import searched, wobble
from leadline.insights.diagnosis.checks import fewer_leads
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.passing import ADVANCED, FAILED, WAITING, shifted, table
from leadline.insights.ledger.narrowing import narrowed
from tests.insights.fitted import companies


def test_the_chance_after_a_search_is_that_of_the_largest():
    """Against a walk from which the largest standardised difference is taken, many times."""
    rng = np.random.default_rng(5)
    steps = rng.standard_normal((40_000, 24))
    total = steps.sum(axis=1)
    months = np.array([3, 6, 9, 12])
    late = np.stack([steps[:, -one:].sum(axis=1) for one in months], axis=1)
    share = months / 24
    z = (late - share * total[:, None]) / np.sqrt(24 * share * (1 - share))
    for level in (1.5, 2.0, 2.5):
        seen = float((z.max(axis=1) >= level).mean())
        told = searched(level, share)
        assert seen - 0.004 <= told <= 1.35 * seen  # a bound, and a close one
    assert searched(3.0, np.array([0.25])) == pytest.approx(0.00135, rel=0.01)
    assert searched(np.nan, share) == searched(-np.inf, share) == 1.0
    assert searched(30.0, share) < 1e-100


def test_the_variance_is_never_less_than_chance():
    assert wobble(0.0, 20) == 1.0
    assert wobble(200.0, 20) == pytest.approx(4.0)
    assert wobble(0.0, 0) == 1.0


def _passages(rng, n, share, days, watched):
    """Passages that began at even times over the days that they are watched."""
    wins = rng.random(n) < share
    stay = np.where(wins, days, 1.5 * days) * np.exp(0.8 * rng.standard_normal(n))
    seen = rng.uniform(0, watched, n)
    kind = np.select([stay > seen, wins], [WAITING, ADVANCED], FAILED)
    return table(kind, np.minimum(stay, seen))


@pytest.mark.parametrize(("share", "days"), [(0.6, 20.0), (0.42, 20.0), (0.6, 40.0), (0.42, 40.0)])
def test_share_and_time_are_found_though_half_of_the_recent_are_undecided(share, days):
    rng = np.random.default_rng(7)
    before, after = _passages(rng, 6_000, 0.6, 20.0, 5_000), _passages(rng, 2_000, share, days, 120)
    found = shifted(before, after)
    logit = np.log(share / (1 - share)) - np.log(0.6 / 0.4)
    assert found.chance == pytest.approx(logit, abs=2.5 * found.chance_error)
    assert found.stretch == pytest.approx(np.log(days / 20), abs=0.15)
    assert found.chance_error < 0.2


def test_where_all_is_decided_the_share_is_the_plain_one_however_few_they_are():
    rng = np.random.default_rng(1)
    for n in (8, 20, 60, 200):
        before, after = _passages(rng, 4 * n, 0.8, 6.0, 1e6), _passages(rng, n, 0.8, 9.0, 1e6)
        found = shifted(before, after)
        if found:
            assert found.after == pytest.approx(after[ADVANCED].sum() / after.sum(), abs=0.02)
            assert 0.5 < found.chance_error * np.sqrt(n) * 0.4 < 2.5
            assert found.stretch_error < 0.5


def test_nothing_is_said_of_too_little():
    rng = np.random.default_rng(7)
    before = _passages(rng, 500, 0.6, 20.0, 5_000)
    assert shifted(before, np.zeros_like(before)) is None
    assert shifted(np.zeros_like(before), before) is None


def test_records_of_leads_that_end_are_not_taken_for_leads_that_stay_away():
    ledger, _truth = companies.company()
    until = ledger.as_of - 60
    ended = narrowed(ledger, np.ones(len(ledger.deals), bool), ledger.leads.created < until)
    with pytest.raises(Missing, match="leads"):
        arrivals(ended)
    source = np.flatnonzero(np.bincount(ledger.leads.source))[0]
    one_less = narrowed(
        ledger, np.ones(len(ledger.deals), bool), (ledger.leads.created < until) | (ledger.leads.source != source)
    )
    fewer = min(fewer_leads.check(one_less, None), key=lambda one: one.p)
    assert fewer.place.source == source
    assert fewer.p < 1e-3
    assert fewer.worth is None  # nothing was fitted
    low_now, was = fewer.facts[0].low, fewer.facts[0].was
    assert low_now < fewer.facts[0].value < was
