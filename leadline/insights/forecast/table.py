"""Weekly chances where few deals are closed: shares per stage and age, held against those of the whole pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leadline.insights.forecast.design import BANDS
from leadline.insights.forecast.rows import Rows
from leadline.insights.forecast.spells import LOST, WON
from leadline.insights.forecast.standing import Standing
from leadline.insights.ledger.ledger import Floats, Ids

Numbers = NDArray[Any]

AGES = np.array([21.0, 84.0])  # days at which the next band begins
HELD = 6.0  # events that a cell is held against
ABOUT = 0.5  # events that are supposed beforehand, over as many weeks as there are


@dataclass(frozen=True)
class Table:
    """`won` and `lost`: (B, stages, ages, bands of weeks ahead), the mean first; the last stage is any other."""

    won: Floats
    lost: Floats
    said: Floats  # of each row that taught: its chance to be won as fitted

    def ahead(self, known: Standing, weeks: int, today: float) -> tuple[Floats, Floats]:
        """As `Hazards.ahead`."""
        stage, age = _cells(known, self.won.shape[1])
        band = np.searchsorted(BANDS, np.arange(1, weeks + 1))
        won = self.won[:, stage, age][:, :, band]
        lost = self.lost[:, stage, age][:, :, band]
        much = np.maximum(1.0, (won + lost) / 0.95)
        return won / much, lost / much


def tabled(rows: Rows, stages: int, draws: int, rng: np.random.Generator) -> Table:
    """From the rows of the past; `stages` is how many places of stages there are."""
    shape = (stages + 1, len(AGES) + 1, len(BANDS) + 1)
    stage, age = _cells(rows.known, shape[0])
    cell = np.ravel_multi_index((stage[rows.case], age[rows.case], np.searchsorted(BANDS, rows.ahead)), shape)
    size = int(np.prod(shape))
    weeks = np.bincount(cell, rows.weight, minlength=size).reshape(shape)
    found = []
    for outcome in (WON, LOST):
        count = np.bincount(cell, rows.weight * (rows.outcome == outcome), minlength=size).reshape(shape)
        found.append(_rates(count, weeks, draws, rng))
    return Table(found[0], found[1], found[0][0].ravel()[cell])


def _rates(count: Numbers, weeks: Numbers, draws: int, rng: np.random.Generator) -> Floats:
    """Gamma draws of each cell's weekly rate, held against its stage's, that against the band's, that against all."""
    whole = (count.sum() + ABOUT) / max(1.0, weeks.sum())
    band = (count.sum((0, 1)) + HELD * 0.5) / (weeks.sum((0, 1)) + HELD * 0.5 / whole)
    stage = (count.sum(1) + HELD) / (weeks.sum(1) + HELD / band)
    shape, scale = count + HELD, 1 / (weeks + HELD / stage[:, None, :])
    shared = rng.gamma(max(1.0, count.sum()), 1 / max(1.0, count.sum()), (draws - 1, 1, 1, 1))
    drawn = rng.gamma(shape, scale, (draws - 1, *shape.shape)) * shared
    return np.asarray(np.minimum(0.9, np.concatenate([(shape * scale)[None], drawn])))


def _cells(known: Standing, stages: int) -> tuple[Ids, Ids]:
    stage = np.where((known.stage >= 0) & (known.stage < stages - 1), known.stage, stages - 1)
    return stage.astype(np.int64), np.searchsorted(AGES, known.age)
