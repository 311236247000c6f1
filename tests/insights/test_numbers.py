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


SHRINKING = {"means": (shrinkage.means, means), "medians": (shrinkage.medians, medians)}
some_values = st.lists(st.floats(0, 1e6).map(lambda x: round(x, 2)), max_size=30)


def _fair(value: float, whole: float, shrunk: float, below: float) -> None:
    """What is shown of a group must not contradict what was measured of it."""
    slack = 1e-9 * max(abs(value), abs(whole), 1)
    assert min(value, whole) - slack <= shrunk <= max(value, whole) + slack
    assert below <= 0.5 + 1e-12 or value < whole
    assert below >= 0.5 - 1e-12 or value > whole


@pytest.mark.parametrize("kind", SHRINKING)
@settings(max_examples=100)
@given(lists=st.lists(some_values, min_size=2, max_size=8))
def test_a_tempered_value_lies_between_the_groups_own_and_the_wholes(kind: str, lists: list[list[float]]) -> None:
    shrink, measure = SHRINKING[kind]
    values = groups(*lists)
    everything = [value for one in lists for value in one]
    own, found = measure(values).value, shrink(values)
    whole = measure(groups(everything)).value[0]
    for i, one in enumerate(lists):
        if one:
            _fair(own[i], whole, found.value[i], found.below[i])


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300)), min_size=2, max_size=8))
def test_so_does_a_tempered_share(pairs: list[tuple[int, int]]) -> None:
    k = np.array([min(pair) for pair in pairs], dtype=float)
    n = np.array([max(pair) for pair in pairs], dtype=float)
    found = shrinkage.proportions(k, n)
    for i in range(len(pairs)):
        _fair(k[i] / n[i], k.sum() / n.sum(), found.value[i], found.below[i])


@settings(max_examples=100)
@given(one=some_values.filter(bool), others=st.lists(some_values, min_size=1, max_size=5))
def test_more_cases_leave_a_mean_nearer_to_its_own_value(one: list[float], others: list[list[float]]) -> None:
    few, many = shrinkage.means(groups(one, one + one, *others)).value[:2]
    own = np.mean(one)
    assert abs(many - own) <= abs(few - own) + 1e-6


def test_more_cases_leave_a_median_and_a_share_nearer_to_their_own_value() -> None:
    random = np.random.default_rng(5)
    others = [random.exponential(30, 40).tolist() for _ in range(4)]
    steps = np.linspace(40, 120, 9).tolist()
    few, many = shrinkage.medians(groups(steps, steps * 8, *others)).value[:2]
    assert few < many <= 80
    few, many = shrinkage.proportions(np.array([3.0, 30, 40]), np.array([4.0, 40, 100])).value[:2]
    assert few < many < 0.75


def test_a_mean_that_one_large_deal_made_is_tempered_more_and_called_nothing() -> None:
    random = np.random.default_rng(3)
    people = [random.normal(2400, 800, 80).tolist() for _ in range(6)]
    lucky, steady = [*random.normal(900, 200, 79), 240_000.0], random.normal(3600, 800, 80).tolist()
    values = groups(lucky, steady, *people)
    own, found = means(values).value, shrinkage.means(values)
    whole = values.values.mean()
    pulled = (found.value - whole) / (own - whole)
    assert own[0] > own[1] > whole
    assert pulled[0] < pulled[1]
    assert shrinkage.told_apart(found.below)[0] is None


@pytest.mark.parametrize("kind", SHRINKING)
def test_who_sells_three_times_as_much_is_found(kind: str) -> None:
    random = np.random.default_rng(3)
    people = [random.lognormal(8, 0.6, 80).tolist() for _ in range(5)]
    people.append(random.lognormal(9, 0.6, 80).tolist())
    found = SHRINKING[kind][0](groups(*people, []))
    assert shrinkage.told_apart(found.below[:6])[-1] == "above"


@pytest.mark.parametrize("kind", SHRINKING)
def test_chance_alone_seldom_flags_sizes_and_times(kind: str) -> None:
    random = np.random.default_rng(7)
    alarms = 0
    for _ in range(100):
        found = SHRINKING[kind][0](groups(*(random.lognormal(8, 0.8, 40) for _ in range(12))))
        alarms += any(shrinkage.told_apart(found.below))
    assert alarms <= 5


@pytest.mark.parametrize("kind", SHRINKING)
def test_no_spread_tells_nobody_apart(kind: str) -> None:
    found = SHRINKING[kind][0](groups([1.0, 1.0], [1.0], []))
    assert found.below.tolist() == [0.5, 0.5, 0.5]
    assert found.value.tolist() == [1.0, 1.0, 1.0]


@settings(max_examples=50)
@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=12))
def test_flags_follow_benjamini_and_hochberg(below: list[float]) -> None:
    doubt = np.minimum(below, 1 - np.array(below))
    flagged = stats.false_discovery_control(doubt, method="bh") <= 0.05
    assert [flag is not None for flag in shrinkage.told_apart(np.array(below))] == flagged.tolist()
