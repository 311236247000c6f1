"""What the weekly chances depend on, as columns: how a deal stood, how many weeks ahead, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.forecast.standing import Standing
from leadline.insights.ledger.ledger import NOBODY, Floats, Ids, Places, Revenue

BANDS = np.array([1, 2, 3, 5, 8])  # the last week of each band of weeks ahead but the last one
LATEST = 91.0  # days in which what happened counts as how things are now
MOST_SOURCES, MOST_STAGES = 8, 14
LEAST = 30.0  # rows of a category for columns of its own
FREE = 10.0  # what the intercept is multiplied by, and is so much less held against nothing
MAIN = 2.0  # the same of how chances go with the weeks ahead
NOW = 0.1  # what is different lately is so much more held against nothing: three months are little to go by
CLOSING = 10.0  # the last days of a quarter


@dataclass(frozen=True)
class Design:
    """How states become columns: learned once, from the rows that teach."""

    stages: Ids
    sources: Ids
    middle: float  # of the logarithm of values
    spread: float
    quarter_ends: Floats  # days; those after which a fiscal quarter begins

    def landmark(self, known: Standing) -> Floats:
        """(n, p) of what was known then, the intercept first."""
        stage, source = _hot(known.stage, self.stages), _hot(known.source, self.sources)
        in_stage, age = np.log1p(known.in_stage / 7), np.log1p(known.age / 7)
        size = np.where(known.value > 0, (np.log(np.maximum(known.value, 1e-9)) - self.middle) / self.spread, 0.0)
        single = [
            np.full(len(age), FREE),
            *(in_stage, in_stage**2 / 3, age, age**2 / 3),
            *(np.log1p(known.touches), np.log1p(np.maximum(known.quiet, 0.0) / 7), np.log1p(known.pushes)),
            *(np.clip(size, -3, 3), ~(known.value > 0), np.isnan(known.ahead)),
            *(known.revenue == Revenue.ADD_ON, known.revenue == Revenue.RENEWAL, known.in_stage < 1.0),
        ]
        return np.column_stack([*single, stage, source, stage * in_stage[:, None]]).astype(np.float32)

    def ahead(self, landmark: Floats, known: Standing, case: Ids, week: Ids, back: Floats, today: float) -> Floats:
        """(n, q): rows of weeks ahead. `landmark` and `known` are of the cases, `back` is days from the week to now."""
        band = np.searchsorted(BANDS, week)
        stages = landmark[case][:, self._stage_columns]
        bands = (band[:, None] == np.arange(1, len(BANDS) + 1)).astype(np.float32)
        crossed = (stages[:, :, None] * bands[:, None, :]).reshape(len(week), stages.shape[1] * len(BANDS))
        to_day = known.ahead[case] - 7.0 * (week - 1)  # days from the beginning of the week to the seller's own day
        due = [
            (to_day >= -1) & (to_day < 8),
            (to_day < -1) & (to_day > -30),
            to_day <= -30,
            np.clip(np.nan_to_num(to_day), 0, 120) / 30,
        ]
        lead = np.log(week.astype(np.float64))
        stay = np.log1p(known.in_stage[case] / 7)
        now = NOW * np.clip(1 - np.maximum(back, 0.0) / LATEST, 0.0, 1.0) ** 0.5
        day = today - back
        closing = np.zeros(len(week)) if not len(self.quarter_ends) else self._closing(day)
        more = [*due, lead, lead * stay, now, closing]
        return np.column_stack(
            [landmark[case], MAIN * bands, crossed, np.column_stack(more), stages * now[:, None].astype(np.float32)]
        ).astype(np.float32)

    @property
    def _stage_columns(self) -> slice:
        return slice(14, 14 + len(self.stages))

    def _closing(self, day: Floats) -> Floats:
        """Whether the week that ends on that day is among the last of a quarter."""
        place = np.minimum(np.searchsorted(self.quarter_ends, day - 3.5), len(self.quarter_ends) - 1)
        return (self.quarter_ends[place] - (day - 3.5) < CLOSING).astype(np.float64)


def design(known: Standing, weight: Floats, quarter_ends: Floats) -> Design:
    """The categories that are met often enough, and the scale of values; `weight`: rows each case stands for."""
    values = np.log(known.value[known.value > 0])
    return Design(
        _common(known.stage, weight, MOST_STAGES),
        _common(known.source, weight, MOST_SOURCES),
        float(np.median(values)) if len(values) else 0.0,
        max(0.1, float(values.std())) if len(values) else 1.0,
        quarter_ends,
    )


def _common(place: Places, weight: Floats, most: int) -> Ids:
    """The most frequent categories but the first of them, which is what the others are held against."""
    whole = place.astype(np.int64)
    rows = whole != NOBODY
    counts = np.bincount(whole[rows], weight[rows]) if rows.any() else np.zeros(0)
    order = np.argsort(-counts, kind="stable")[: most + 1]
    return order[1:][counts[order[1:]] >= LEAST]


def _hot(place: Places, categories: Ids) -> Floats:
    return np.asarray(place[:, None] == categories[None, :], np.float64)
