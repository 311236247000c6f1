"""A fitted pipeline: what was planted is found, nothing is made up, nothing breaks."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from lifelines import AalenJohansenFitter

from leadline.insights.fitted.arriving import season
from leadline.insights.fitted.converting import by_group, tempered
from leadline.insights.fitted.delaying import kernel, placed
from leadline.insights.fitted.fitting import fit
from leadline.insights.fitted.flowing import expected
from leadline.insights.fitted.incidence import incidence
from leadline.insights.fitted.paths import paths
from leadline.insights.fitted.window import window
from tests.insights.fitted import companies


def middle(draws, truth, width=2.6):
    """Whether the truth is within so many standard deviations (2.6: 99 %) of the draws."""
    return np.abs(draws.mean(axis=0) - truth) <= width * draws.std(axis=0)


@pytest.mark.parametrize("seed", [11, 12])
def test_what_was_planted_is_found(seed):
    ledger, truth = companies.company("leaky_stage", seed, 12, 5_000)
    found = fit(ledger)
    leads = found.streams.of_leads
    assert found.window.quarters == 2
    assert found.usable
    assert not found.says
    assert middle(found.lead_conversion[:, leads], truth.source_conversion).all()
    own = found.trials[leads]
    conversion = np.einsum("ngk,gk->nk", found.conversion[:, leads], own) / own.sum(axis=0)
    planted = truth.conversion * np.where(np.arange(5) == truth.stage, truth.strength["conversion"], 1.0)
    # The planted shares are those of the average deal of any skill; who sells here differs by 0.25 on the logit.
    assert np.allclose(conversion.mean(axis=0), planted, atol=0.07)
    before = found.history.conversion[2:6, truth.stage].mean()
    assert found.history.conversion[-1, truth.stage] / before == pytest.approx(0.7, abs=0.12)
    days = np.exp(found.history.log_stay.mean(axis=0))
    assert np.allclose(days[:3], truth.days_on[:3], rtol=0.3)  # the last stage is mostly clicked as it ends
    share = found.arrivals[:, leads].mean(axis=0)
    assert np.allclose(share / share.sum(), truth.source_share, atol=0.03)
    last = found.history.booked[-2:].mean()
    assert expected(found).mean() == pytest.approx(last, rel=0.25)


def test_the_same_ledger_gives_the_same_draws():
    ledger, _truth = companies.company()
    one, other = fit(ledger), fit(ledger)
    assert np.array_equal(one.conversion, other.conversion)
    assert np.array_equal(expected(one), expected(other))


@pytest.mark.parametrize(
    ("name", "ledger"), list(companies.poor()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_poor_records_give_no_stack_trace_and_no_nan(name, ledger):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = fit(ledger)
        money = expected(found)
    assert np.isfinite(money).all()
    assert (money >= 0).all()
    for draws in (found.conversion, found.lead_conversion, found.arrivals, found.sizes.money, found.begins):
        assert np.isfinite(draws).all()
    assert found.usable == ("no_wins" not in found.says)
    if not found.usable:
        assert not money.any()


def test_paths_of_a_deal_that_skips_and_goes_back():
    ledger, _truth = companies.company()
    found = paths(ledger, 0)
    won = ledger.deals.status[found.deal] == 1
    after = np.arange(5) >= found.first[:, None]
    assert (found.outcome[won][after[won]] == 1).all()
    lost = ledger.deals.status[found.deal] > 1
    assert ((found.outcome[lost] == -1).sum(axis=1) == 1).all()
    assert ((found.outcome == 0) & np.isfinite(found.entered)).sum() == (ledger.deals.status == 0).sum()
    there = np.isfinite(found.entered) & np.isfinite(found.ended)
    assert (found.ended[there] >= found.entered[there]).all()


def test_incidence_is_aalen_and_johansens():
    rng = np.random.default_rng(5)
    entered = rng.uniform(0, 100, 400)
    kind = np.where(rng.random(400) < 0.6, 1, -1)
    ended = entered + np.where(kind == 1, rng.exponential(15, 400), rng.exponential(30, 400))
    seen = np.minimum(ended, 100) - entered
    event = np.where(ended < 100, np.where(kind == 1, 1, 2), 0)
    oracle = AalenJohansenFitter(calculate_variance=False).fit(seen, event, event_of_interest=1)
    found = incidence(entered, ended, kind, 0.0, 100.0)
    assert found.share == pytest.approx(float(oracle.cumulative_density_.iloc[-1, 0]), abs=1e-9)
    # Whoever never ends is no success, however few have failed.
    idle = incidence(np.zeros(100), np.where(np.arange(100) < 40, 20.0, np.inf), np.ones(100), 0.0, 100.0)
    assert idle.share == pytest.approx(0.4)
    nothing = incidence(np.zeros(3), np.full(3, np.inf), np.ones(3), 0.0, 9.0)
    assert np.isnan(nothing.share)
    assert nothing.trials == 0


def test_delays_by_hand():
    week = kernel(np.full(100, 14.0), 5)
    assert np.allclose(week, np.eye(5, k=2))
    half = kernel(np.full(100, 3.5), 3)
    assert np.allclose(half, [[0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 0.5]])
    # Half of those that advance do by day 10; those that fail do on day 40. At day 20 half of the winners are left.
    advance, fail = np.repeat([10.0, 30.0], 50), np.full(100, 40.0)
    when, still = placed(np.array([20.0, 35.0]), advance, fail, np.array([0.5, 0.5]), 3)
    assert still == pytest.approx([1 / 3, 0.0])
    assert np.array_equal(when, [[0, 1, 0], [0, 0, 0]])


def test_groups_that_differ_by_luck_are_taken_for_one():
    assert not tempered(np.array([0.1, -0.1, 0.05]), np.full(3, 0.3))[0].any()
    apart, _doubt, spread = tempered(np.array([2.0, -2.0]), np.full(2, 0.1))
    assert spread > 1
    assert abs(apart[0]) < 2.0
    total = np.full((300, 1), 0.5)
    trials, wins = np.array([[100.0], [100.0]]), np.array([[80.0], [20.0]])
    drawn = by_group(total, wins, trials, np.random.default_rng(1)).mean(axis=0)[:, 0]
    assert drawn == pytest.approx([0.8, 0.2], abs=0.03)
    assert drawn.mean() == pytest.approx(0.5, abs=0.01)


def test_season_and_window():
    weeks = np.arange(-104, 0) + 0.5
    wave = 1 + 0.3 * np.sin(2 * np.pi * weeks / 52.18)
    counts = np.random.default_rng(2).poisson(200 * wave)[:, None].astype(float)
    factor = season(counts).factor(weeks)
    assert np.corrcoef(factor, wave)[0, 1] > 0.97
    assert not season(counts[-50:]).told
    assert window(0, 728, np.full(100, 700.0), np.full(30, 700.0)).quarters == 2
    assert window(0, 728, np.linspace(0, 727, 100), np.linspace(0, 727, 60)).reason == "thin"
    short = window(700, 728, np.full(3, 710.0), np.zeros(0))
    assert (short.start, short.reason) == (700, "short")
