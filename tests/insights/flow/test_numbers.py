"""Estimators: against lifelines and a plain climb, and where there is little to go by."""

from __future__ import annotations

import math

import lifelines
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from leadline.insights.numbers.aalen_johansen import incidence
from leadline.insights.numbers.fluff import COMMON, RULE, RULE_FROM, SIGNS, learn
from leadline.insights.numbers.kaplan_meier import curve
from leadline.insights.numbers.logistic import calibrated, fit


def _watched(size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    return chance.permutation(size) + 1.0, chance.integers(0, 3, size)


@settings(max_examples=12, deadline=None)
@given(size=st.integers(4, 60), seed=st.integers(0, 10_000))
def test_incidence_is_what_lifelines_says(size: int, seed: int) -> None:
    lasted, ended = _watched(size, seed)
    ended[0], ended[1], ended[2] = 0, 1, 2  # some of each
    found = incidence(lasted, (ended == 1) * 1.0, (ended == 2) * 1.0)
    other = lifelines.AalenJohansenFitter().fit(lasted, ended, event_of_interest=1, alpha=0.1)
    last = float(lasted[ended > 0].max())
    assert found.value == pytest.approx(float(other.cumulative_density_.loc[last].iloc[0]))
    if 0 < found.value < 1 - 1e-9:
        high, low = other.confidence_interval_.loc[last]
        assert (found.low, found.high) == pytest.approx((min(low, high), max(low, high)))
    assert found.low <= found.value <= found.high


@settings(max_examples=10, deadline=None)
@given(arrived=st.integers(0, 30), failed=st.integers(0, 30))
def test_where_nothing_is_pending_incidence_is_the_plain_share(arrived: int, failed: int) -> None:
    n = arrived + failed
    lasted = np.random.default_rng(n).integers(0, 5, n).astype(float)
    success = np.arange(n) < arrived
    found = incidence(lasted, success * 1.0, ~success * 1.0)
    assert math.isnan(found.value) if not n else found.value == pytest.approx(arrived / n)
    assert not n or (found.undecided == pytest.approx(0, abs=1e-12) and found.low <= found.value <= found.high)


@settings(max_examples=12, deadline=None)
@given(size=st.integers(8, 60), seed=st.integers(0, 10_000), late=st.booleans())
def test_curves_are_what_lifelines_says(size: int, seed: int, late: bool) -> None:
    left, ended = _watched(size, seed)
    ended = np.minimum(ended, 1)
    ended[0] = 1
    entered = left * 0.4 if late else np.zeros(size)
    found = curve(entered, left, ended * 1.0)
    other = lifelines.KaplanMeierFitter(alpha=0.1).fit(left, ended, entry=entered if late else None)
    assert found.survival[1:] == pytest.approx(other.predict(found.times[1:]).to_numpy())
    inside = (found.survival > 0) & (found.times > 0) & (found.survival < 1)
    bounds = other.confidence_interval_survival_function_.loc[found.times[inside]].to_numpy().T
    assert found.low[inside] == pytest.approx(bounds[0])
    assert found.high[inside] == pytest.approx(bounds[1])
    assert (np.diff(found.survival) <= 1e-12).all()
    thin = found.thinned(10)
    assert len(thin.times) <= 10
    assert (thin.times[0], thin.times[-1]) == (0.0, found.times[-1])


def _cases(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Patterns of three signs, of which the first halves the odds four times over and the last says nothing."""
    chance = np.random.default_rng(seed)
    signs = chance.integers(0, 2, (4000, 3)).astype(float)
    won = chance.random(4000) < 1 / (1 + np.exp(-(0.2 - 1.5 * signs[:, 0] - 0.5 * signs[:, 1])))
    return signs, won * 1.0, np.ones(4000)


def test_weights_are_what_a_plain_climb_finds_and_what_was_planted() -> None:
    signs, won, trials = _cases(1)
    found = fit(signs, won, trials)

    def doubt(weights: np.ndarray) -> float:
        line = weights[0] + signs @ weights[1:]
        return float((np.logaddexp(0, line) - won * line).sum() + weights[1:] @ weights[1:] / 2)

    assert found.weights == pytest.approx(optimize.minimize(doubt, np.zeros(4)).x, abs=1e-3)
    assert found.weights == pytest.approx([0.2, -1.5, -0.5, 0.0], abs=0.2)


def test_held_out_cases_scale_the_weights_and_the_mean_chance_is_the_share_won() -> None:
    signs, won, trials = _cases(2)
    found = calibrated(signs, won, trials)
    assert found.chance(signs).mean() == pytest.approx(won.mean())
    noise = np.random.default_rng(3).integers(0, 2, (60, 6)).astype(float)
    few = calibrated(noise, (np.arange(60) % 3 == 0) * 1.0, np.ones(60))
    assert np.abs(few.weights[1:]).max() < 0.3


def _signs(**shown: float) -> np.ndarray:
    return np.array([[shown.get(name, 0.0) for name in SIGNS]])


def test_fluff_is_learnt_from_what_was_never_won() -> None:
    # Half of the deals without a sign are won; of the untouched ones one in ten; nobody's person is ever recorded.
    patterns = np.vstack([_signs(faceless=1), _signs(untouched=1, faceless=1), _signs(surge=1, faceless=1)])
    model = learn(patterns, np.array([500.0, 40.0, 100.0]), np.array([500.0, 360.0, 100.0]))
    plain, untouched, surge = model.chance(patterns)
    assert model.cases == 1600
    assert (plain, surge) == pytest.approx((0.0, 0.0), abs=0.02)
    assert untouched == pytest.approx(1 - 0.1 / 0.5, abs=0.05)
    low, high = np.quantile(model.drawn(patterns)[:, 1], [0.05, 0.95])
    assert low < untouched < high < 1


def test_without_outcomes_the_stated_rule_holds() -> None:
    patterns = np.vstack([_signs(), _signs(untouched=1, pushes=3), _signs(faceless=1)])
    model = learn(patterns, np.array([10.0, 2.0, 3.0]), np.array([90.0, 8.0, 5.0]))
    rule = dict(zip(SIGNS, RULE, strict=True))
    odds = RULE_FROM + rule["untouched"] + 3 * rule["pushes"]
    assert model.cases == 0
    assert model.chance(patterns)[1] == pytest.approx(1 / (1 + math.exp(-odds)))
    assert model.chance(patterns)[0] == pytest.approx(1 / (1 + math.exp(-RULE_FROM)))
    first = learn(_signs(untouched=1), np.zeros(1), np.zeros(1))  # nothing is won or lost yet
    assert first.chance(_signs(untouched=1))[0] == pytest.approx(1 / (1 + math.exp(-RULE_FROM - rule["untouched"])))
    crowd = learn(_signs(faceless=1), np.array([1.0]), np.array([1.0]))
    assert COMMON < 1
    assert crowd.chance(_signs(faceless=1))[0] == pytest.approx(1 / (1 + math.exp(-RULE_FROM)))
