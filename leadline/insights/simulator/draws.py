"""What chance holds ready for each deal that a lead may become, used or not: see `chance`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from leadline.insights.simulator.company import STAGES, Floats

Singles = NDArray[np.float32]
MOST_MOVES = 12  # of an expected close date


class Lot(IntEnum):
    """What is decided once for a deal, by one uniform draw each."""

    BEGINS_IN = 0
    SUCCESSOR = 1
    LEADER = 2
    TEAM_LOSES = 3
    TEAM_STAGE = 4
    LATE = 5
    CAUGHT_UP = 6
    CLOSE_CLICKED = 7
    NO_AMOUNT = 8
    REASON = 9
    WHICH_REASON = 10
    CURRENCY = 11
    CONTACT = 12
    UNTOUCHED = 13
    BACK_FROM = 14
    BACK_TO = 15
    EDITED = 16
    EDITED_AT = 17


@dataclass(frozen=True)
class Moves:
    """What chance holds ready for the expected close date: `hope` (n,) normal, the others (n, MOST_MOVES)."""

    hope: Floats
    gaps: Singles  # exponential
    steps: Singles  # normal
    pulls: Singles  # uniform

    def __getitem__(self, rows: Any) -> Self:
        return type(self)(*(getattr(self, one.name)[rows] for one in fields(self)))


def moves_drawn(rng: np.random.Generator, count: int) -> Moves:
    """For so many deals."""
    shape = (count, MOST_MOVES)
    return Moves(
        rng.standard_normal(count),
        rng.standard_exponential(shape, dtype=np.float32),
        rng.standard_normal(shape, dtype=np.float32),
        rng.random(shape, dtype=np.float32),
    )


@dataclass(frozen=True)
class Draws:
    """One row a deal: uniform on [0, 1), `stay` standard normal. Those by stage have shape (n, K)."""

    advance: Floats
    fate: Floats
    hour: Floats
    stay: Floats
    back: Floats
    skip: Floats
    value: Floats  # (n,)
    lots: Floats  # (n, Lot)
    moves: Moves

    def __getitem__(self, rows: Any) -> Self:
        return type(self)(*(getattr(self, one.name)[rows] for one in fields(self)))

    def lot(self, which: Lot) -> Floats:
        return self.lots[:, which]


def drawn(rng: np.random.Generator, count: int) -> Draws:
    """For so many deals."""
    advance, fate, hour, back, skip = rng.random((5, count, STAGES))
    stay = rng.standard_normal((count, STAGES))
    return Draws(
        advance, fate, hour, stay, back, skip, rng.random(count), rng.random((count, len(Lot))), moves_drawn(rng, count)
    )
