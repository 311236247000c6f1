"""The scores of forecasts, against hand counts and identities."""

from __future__ import annotations

import numpy as np
import pytest

from leadline.insights.evaluate.forecast import GRAIN, Asked, Run, Told, asked
from leadline.insights.evaluate.forecast_report import report
from leadline.insights.evaluate.forecast_scores import corp, pinball, reliability, scores

RNG = np.random.default_rng(7)


def counted(chance: np.ndarray, won: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    place = np.round(chance * GRAIN).astype(int)
    return np.bincount(place, minlength=GRAIN + 1), np.bincount(place[won], minlength=GRAIN + 1)


def told(quantiles: np.ndarray, outcome: float, weighted: float) -> Told:
    row = tuple(quantiles.tolist())
    return Told(0.0, 4, row, row, weighted, float("nan"), 2 * outcome, outcome)


def run(*several: Told) -> Run:
    counts, wins = counted(np.array([0.2, 0.2, 0.8]), np.array([False, False, True]))
    return Run(Asked("healthy", 1, "small"), several, tuple(counts), tuple(wins), ("few_closed",), 10, 3, 1.5, 200.0)


def test_pinball_of_one_number_is_its_error() -> None:
    assert pinball(np.full((1, 19), 7.0), np.array([10.0])) == pytest.approx([3.0])


def test_pinball_is_least_for_the_true_quantiles() -> None:
    outcome = RNG.normal(size=20_000)
    levels = np.quantile(outcome, np.arange(1, 20) / 20)
    true = pinball(np.tile(levels, (len(outcome), 1)), outcome).mean()
    for wrong in (levels + 0.3, levels * 1.4, levels * 0.6):
        assert pinball(np.tile(wrong, (len(outcome), 1)), outcome).mean() > true


def test_corp_adds_up_and_finds_what_is_planted() -> None:
    chance = np.round(RNG.random(40_000), 2)
    honest = corp(*counted(chance, RNG.random(40_000) < chance))
    proud = corp(*counted(chance, RNG.random(40_000) < 0.25 + 0.5 * chance))
    assert honest is not None
    assert proud is not None
    for one in (honest, proud):
        assert one.brier == pytest.approx(one.miscalibration - one.discrimination + one.uncertainty)
    assert honest.miscalibration < 0.002
    assert proud.miscalibration == pytest.approx(0.25 / 12, rel=0.2)
    assert corp(np.zeros(GRAIN + 1, int), np.zeros(GRAIN + 1, int)) is None


def test_reliability_counts_by_band() -> None:
    chance, won = np.array([0.05, 0.09, 0.5, 1.0]), np.array([False, True, True, True])
    assert reliability(*counted(chance, won)) == [
        (2, pytest.approx(0.07), 0.5), (1, 0.5, 1.0), (1, 1.0, 1.0),
    ]  # fmt: skip


def test_scores_count_coverage_and_baselines() -> None:
    quantiles = np.linspace(5, 95, 19)
    found = scores([run(told(quantiles, 50.0, 40.0), told(quantiles, 99.0, 99.0))], 4)
    assert found is not None
    assert found.count == 2
    assert found.coverage == 0.5
    assert found.error == pytest.approx(24.5 / 74.5)
    assert found.theirs["weighted"][:2] == pytest.approx((5 / 74.5, 5 / 74.5))
    assert np.isnan(found.theirs["last_year"][0])
    assert scores([run()], 4) is None


def test_the_report_marks_what_misses_a_bar() -> None:
    quantiles = np.linspace(5, 95, 19)
    text = report([run(told(quantiles, 50.0, 40.0), told(quantiles, 99.0, 99.0))])
    assert "| healthy | 4 | 2 | **50.0%** |" in text
    assert "few_closed 1" in text
    assert text.endswith("\n")


def test_what_is_asked_goes_seed_by_seed() -> None:
    several = asked("7:9", "small,large", "healthy", ("maven",))
    assert [(one.name, one.seed, one.size) for one in several] == [
        ("maven", 0, "data"), ("healthy", 7, "small"), ("healthy", 7, "large"), ("healthy", 8, "small"),
        ("healthy", 8, "large"),
    ]  # fmt: skip
    for wrong in (("x", "small", ""), ("1", "huge", ""), ("1", "small", "nothing")):
        with pytest.raises(ValueError):
            asked(*wrong)
