"""How good forecasts were: coverage, pinball loss, absolute error, Brier score and its CORP decomposition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.evaluate.forecast import GRAIN, Run, Told
from leadline.insights.forecast.answer import HIGH, LEVELS, LOW, MEDIAN
from leadline.insights.ledger.ledger import Floats

BASELINES = ("weighted", "last_year", "sellers")


@dataclass(frozen=True)
class Scores:
    """Of several forecasts. Losses are shares of their company's mean outcome, so that companies count alike.

    `pinball` is the mean over the levels, times 2: for a forecast of one number it is the absolute error.
    """

    count: int
    coverage: float  # of the 90 % interval
    half: float  # of the 50 % interval
    raw: float  # of the 90 % interval before correction
    width: float  # of the 90 % interval, median
    pinball: float
    error: float  # median absolute error of the median
    floor: float  # median absolute error of who knew the company's mean outcome beforehand
    bias: float  # mean of median less outcome
    theirs: dict[str, tuple[float, float, float, float]]  # baseline: its pinball, its error, ours where it has a number


def scores(runs: Sequence[Run], weeks: int) -> Scores | None:
    """Of all their forecasts of this length; None without any."""
    pairs = [(one, _scale(run, weeks)) for run in runs for one in run.told if one.weeks == weeks]
    pairs = [(one, scale) for one, scale in pairs if scale > 0]
    if not pairs:
        return None
    told, scale = [one for one, _ in pairs], np.array([scale for _, scale in pairs])
    outcome = np.array([one.outcome for one in told])
    quantiles, raw = np.array([one.quantiles for one in told]), np.array([one.raw for one in told])
    loss = pinball(quantiles, outcome) / scale
    error = np.abs(quantiles[:, MEDIAN] - outcome) / scale
    return Scores(
        len(told),
        *(within(quantiles, outcome, LOW, HIGH), within(quantiles, outcome, 4, 14), within(raw, outcome, LOW, HIGH)),
        float(np.median((quantiles[:, HIGH] - quantiles[:, LOW]) / scale)),
        *(float(loss.mean()), float(np.median(error)), float(np.median(np.abs(outcome / scale - 1)))),
        float(((quantiles[:, MEDIAN] - outcome) / scale).mean()),
        {name: _against(told, name, outcome, scale, loss, error) for name in BASELINES},
    )


def _against(
    told: list[Told], name: str, outcome: Floats, scale: Floats, loss: Floats, error: Floats
) -> tuple[float, float, float, float]:
    said = np.array([getattr(one, name) for one in told])
    there = ~np.isnan(said)
    if not there.any():
        return (np.nan,) * 4
    theirs = np.abs(said - outcome)[there] / scale[there]
    return float(theirs.mean()), float(np.median(theirs)), float(loss[there].mean()), float(np.median(error[there]))


def _scale(run: Run, weeks: int) -> float:
    return float(np.mean([one.outcome for one in run.told if one.weeks == weeks] or [0.0]))


def pinball(quantiles: Floats, outcome: Floats) -> Floats:
    """(n,): twice the mean pinball loss over LEVELS of quantiles (n, L)."""
    over = outcome[:, None] - quantiles
    return np.asarray(2 * np.maximum(LEVELS * over, (LEVELS - 1) * over).mean(axis=1))


def within(quantiles: Floats, outcome: Floats, low: int, high: int) -> float:
    """The share of outcomes between two of the quantiles, both included."""
    return float(((quantiles[:, low] <= outcome) & (outcome <= quantiles[:, high])).mean())


@dataclass(frozen=True)
class Corp:
    """Brier score = miscalibration - discrimination + uncertainty.

    Dimitriadis, Gneiting and Jordan, "Stable reliability diagrams for probabilistic classifiers", PNAS 118, 2021: the
    recalibrated chances are those of isotonic regression.
    """

    count: int
    brier: float
    miscalibration: float
    discrimination: float
    uncertainty: float


def corp(counts: NDArray[np.int64], wins: NDArray[np.int64]) -> Corp | None:
    """Of cases counted by their chance in steps of 1 / GRAIN; None without any."""
    from sklearn.isotonic import IsotonicRegression  # noqa: PLC0415  half a second to load

    total = int(counts.sum())
    if not total:
        return None
    said = np.arange(len(counts)) / GRAIN
    there = counts > 0
    share = wins[there] / counts[there]
    again = np.zeros(len(counts))
    again[there] = IsotonicRegression(y_min=0, y_max=1).fit_transform(said[there], share, sample_weight=counts[there])
    base = wins.sum() / total
    score, best, plain = (_brier(chance, counts, wins) for chance in (said, again, np.full(len(counts), base)))
    return Corp(total, score, score - best, plain - best, plain)


def reliability(counts: NDArray[np.int64], wins: NDArray[np.int64], bands: int = 10) -> list[tuple[int, float, float]]:
    """(deals, mean chance, share won) of bands of chances, without empty ones."""
    said = np.arange(len(counts)) / GRAIN
    band = np.minimum((said * bands + 1e-9).astype(int), bands - 1)
    found = []
    for one in range(bands):
        mine = band == one
        total = int(counts[mine].sum())
        if total:
            found.append((total, float((said * counts)[mine].sum() / total), float(wins[mine].sum() / total)))
    return found


def _brier(chance: Floats, counts: NDArray[np.int64], wins: NDArray[np.int64]) -> float:
    return float((wins * (1 - chance) ** 2 + (counts - wins) * chance**2).sum() / counts.sum())
