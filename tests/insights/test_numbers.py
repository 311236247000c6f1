"""Estimates and intervals against their textbook definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from leadline.insights.numbers import shrinkage, survival
from leadline.insights.numbers.centre import Groups, means, medians, quantiles
from leadline.insights.numbers.proportions import jeffreys


def groups(*lists: list[float]) -> Groups:
    starts = np.concatenate(([0], np.cumsum([len(one) for one in lists]))).astype(np.int64)
    return Groups(np.concatenate([np.sort(np.array(one, dtype=float)) for one in lists]), starts)


def test_jeffreys_is_the_posterior_of_beta_half_half() -> None:
    low, high = jeffreys(np.array([3.0, 0.0, 5.0, 0.0]), np.array([7.0, 4.0, 5.0, 0.0]))
    assert low[0] == pytest.approx(stats.beta.ppf(0.05, 3.5, 4.5))
    assert high[0] == pytest.approx(stats.beta.ppf(0.95, 3.5, 4.5))
    assert (low[1], high[2]) == (0.0, 1.0)
    assert math.isnan(low[3])
    assert math.isnan(high[3])


@given(st.lists(st.lists(st.floats(0, 1e6), max_size=40), min_size=1, max_size=5))
def test_groups_are_estimated_each_on_its_own(lists: list[list[float]]) -> None:
    values = groups(*lists)
    mean, median, p80 = means(values), medians(values), quantiles(values, 0.8)
    for i, one in enumerate(lists):
        if one:
            assert mean.value[i] == pytest.approx(np.mean(one), abs=1e-6)
            assert median.value[i] == pytest.approx(np.median(one), abs=1e-9)
            assert p80[i] == pytest.approx(np.quantile(one, 0.8), abs=1e-9)
        else:
            assert math.isnan(mean.value[i])
            assert math.isnan(median.value[i])
        if len(one) > 1:
            half = stats.t.ppf(0.95, len(one) - 1) * stats.sem(one)
            assert mean.low[i] == pytest.approx(max(np.mean(one) - half, 0), rel=1e-6, abs=1e-2)


@pytest.mark.parametrize("n", [5, 8, 20, 61, 500, 5001])
def test_the_medians_interval_is_the_narrowest_pair_of_order_statistics_that_covers(n: int) -> None:
    found = medians(groups(list(range(1, n + 1))))
    k = int(found.low[0])
    assert found.high[0] == n + 1 - k
    assert 1 - 2 * stats.binom.cdf(k - 1, n, 0.5) >= 0.9 > 1 - 2 * stats.binom.cdf(k, n, 0.5)


def test_four_values_bound_no_median() -> None:
    assert math.isnan(medians(groups([1, 2, 3, 4])).low[0])


def test_kaplan_meier_by_hand() -> None:
    # Six things; the third is censored: survival 5/6, 4/6, 4/6, 4/9, … so the median is 4.
    found = survival.median(np.zeros(6), np.arange(1.0, 7.0), np.array([1.0, 1, 0, 1, 1, 1]))
    assert found[0] == 4.0
    assert found[1] <= 4.0


def test_a_thing_watched_late_counts_only_from_then_on() -> None:
    entered = np.array([0.0, 0.0, 5.0])
    left, ended = np.array([1.0, 9.0, 10.0]), np.array([1.0, 1.0, 1.0])
    # At age 1 two are watched, so half are left: not two of three.
    assert survival.median(entered, left, ended)[0] == 1.0
    assert survival.median(np.zeros(3), left, ended)[0] == 9.0


def test_many_that_end_at_once() -> None:
    assert survival.median(np.zeros(4), np.array([0.0, 0, 0, 5]), np.array([1.0, 1, 1, 1]))[0] == 0.0


def test_nothing_ended() -> None:
    assert all(map(math.isnan, survival.median(np.zeros(2), np.ones(2), np.zeros(2))))


def test_equal_people_are_shrunk_to_one_value_and_never_flagged() -> None:
    found = shrinkage.proportions(np.full(10, 5.0), np.full(10, 10.0))
    assert found.value == pytest.approx(0.5)
    assert shrinkage.told_apart(found.below) == [None] * 10


def test_one_weak_person_among_many_is_found() -> None:
    found = shrinkage.proportions(np.array([30.0, 30, 30, 30, 8]), np.full(5, 60.0))
    assert shrinkage.told_apart(found.below) == [None, None, None, None, "below"]


def test_chance_alone_seldom_flags_anybody() -> None:
    random = np.random.default_rng(7)
    trials = np.full(12, 40.0)
    alarms = 0
    for _ in range(200):
        found = shrinkage.proportions(random.binomial(40, 0.4, 12).astype(float), trials)
        alarms += any(shrinkage.told_apart(found.below))
    assert alarms <= 10


def test_sizes_are_compared_on_their_logarithms() -> None:
    random = np.random.default_rng(3)
    people = [np.log(random.lognormal(8, 0.6, 80)).tolist() for _ in range(5)]
    people.append(np.log(random.lognormal(9, 0.6, 80)).tolist())
    found = shrinkage.logs(groups(*people, []))
    assert shrinkage.told_apart(found.below[:6])[-1] == "above"
    assert 0 < found.value[5] < 1
    assert found.value[6] == 0.0


def test_no_spread_tells_nobody_apart() -> None:
    found = shrinkage.logs(groups([1.0, 1.0], [1.0]))
    assert found.below.tolist() == [0.5, 0.5]


@settings(max_examples=50)
@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=12))
def test_flags_follow_benjamini_and_hochberg(below: list[float]) -> None:
    doubt = np.minimum(below, 1 - np.array(below))
    flagged = stats.false_discovery_control(doubt, method="bh") <= 0.05
    assert [flag is not None for flag in shrinkage.told_apart(np.array(below))] == flagged.tolist()
