"""What happened to many deals at once: NumPy columns instead of objects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NOW = 1_795_305_600  # 2026-11-22 00:00 UTC: fixed, so that the same seed gives the same bytes on any day
DAY = 86_400
YEARS = 3
OPEN = 0.05
STAGES, SELLERS = 5, 40
MEAN_EDITS = 3.05  # rows of history behind the first: with beginning and end five changes a deal
MOVES, BACK, SKIP = 0.5, 0.056, 0.024
ONE_DAY = 0.17  # of the closed deals opened and closed within a day


@dataclass(frozen=True)
class Histories:
    """Deals (arrays of one length) and the rows of their histories (`of` points at the deal). Times: epoch seconds."""

    numbers: np.ndarray
    owner: np.ndarray
    created: np.ndarray
    closed: np.ndarray
    status: np.ndarray  # 0 open, 1 won, 2 lost
    last_stage: np.ndarray
    last_value: np.ndarray
    last_expected: np.ndarray
    unvalued: np.ndarray  # nobody wrote an amount down
    of: np.ndarray
    at: np.ndarray
    stage: np.ndarray
    value: np.ndarray
    expected: np.ndarray


def histories(chance: np.random.Generator, first: int, n: int) -> Histories:
    """The deals numbered from `first`, `n` of them, with the rows of their histories in order of deal and time."""
    created, length, status = _lives(chance, n)
    rows = 1 + np.minimum(chance.poisson(MEAN_EDITS, n), 12)
    of = np.repeat(np.arange(n), rows)
    starts = np.cumsum(rows) - rows
    place = np.arange(len(of)) - starts[of]
    at = created[of] + _shares(chance, of, place, starts, rows) * length[of]
    stage, moved = _stages(chance, of, place, starts)
    value, expected = _edits(chance, of, place, starts, moved, created)
    last = starts + rows - 1
    return Histories(
        numbers=np.arange(first, first + n),
        owner=_owners(chance, n),
        created=created,
        closed=created + length,
        status=status,
        last_stage=stage[last],
        last_value=value[last],
        last_expected=expected[last],
        unvalued=chance.random(n) < np.where(status == 1, 0.13, 0.3),
        of=of,
        at=at.astype(np.int64),
        stage=stage,
        value=value,
        expected=expected,
    )


def _lives(chance: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """When deals begin, how long they last (open ones: until now), how they stand. Exactly one in twenty is open."""
    status = np.full(n, 2)
    status[chance.random(n) < 0.3] = 1
    status[chance.permutation(n)[: round(n * OPEN)]] = 0
    age = np.where(status == 0, 0.25 * YEARS * chance.random(n) ** 2, YEARS * chance.random(n)) * 365 * DAY + 2 * DAY
    created = (NOW - age).astype(np.int64)
    length = chance.lognormal(np.log(45), 0.9, n) * DAY
    length = np.where(chance.random(n) < ONE_DAY, chance.random(n) * DAY, length)
    length = np.where(length > age, age * chance.random(n), length)
    length = np.where(status == 0, age, length)
    return created, (length - 1).astype(np.int64), status


def _owners(chance: np.random.Generator, n: int) -> np.ndarray:
    """Unequal shares: the busiest of eight has about a third of their deals."""
    share = 1 / np.arange(1, SELLERS + 1) ** 0.8
    return chance.choice(SELLERS, n, p=share / share.sum())


def _shares(
    chance: np.random.Generator, of: np.ndarray, place: np.ndarray, starts: np.ndarray, rows: np.ndarray
) -> np.ndarray:
    """How much of its deal's life has passed at each row: 0 at the first, ascending, below 1."""
    gaps = chance.lognormal(0, 1.2, len(of))
    passed = np.cumsum(gaps)
    before = passed[starts] - gaps[starts]
    whole = passed[starts + rows - 1] - before + chance.lognormal(0, 1.2, len(starts))
    shares = (passed - before[of]) / whole[of]
    return np.where(place == 0, 0.0, shares)


def _stages(
    chance: np.random.Generator, of: np.ndarray, place: np.ndarray, starts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The stage at each row, and whether the row moved: mostly one on, sometimes back, sometimes over one."""
    draw = chance.random(len(of))
    step = np.where(draw < MOVES, 1, 0)
    step = np.where(draw < MOVES * SKIP, 2, step)
    step = np.where((draw >= MOVES * SKIP) & (draw < MOVES * (SKIP + BACK)), -1, step)
    first = chance.choice(STAGES, len(starts), p=(0.5, 0.25, 0.15, 0.07, 0.03))
    step[place == 0] = 0
    along = np.cumsum(step)
    stage = np.clip(first[of] + along - along[starts][of], 0, STAGES - 1)
    return stage, (step != 0) & (np.diff(stage, prepend=stage[:1]) != 0)


def _edits(
    chance: np.random.Generator,
    of: np.ndarray,
    place: np.ndarray,
    starts: np.ndarray,
    moved: np.ndarray,
    created: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Amount and expected close at each row: a row that does not move edits one of them."""
    amount = (chance.random(len(of)) < 0.4) & ~moved & (place > 0)
    pushed = ~amount & ~moved & (place > 0)
    factor = np.where(amount, chance.lognormal(0, 0.25, len(of)), 1.0)
    along = np.cumsum(np.log(factor))
    base = chance.lognormal(np.log(8000), 1.1, len(starts))
    value = np.round(base[of] * np.exp(along - along[starts][of]) / 10) * 10 + 10
    days = np.where(pushed, np.where(chance.random(len(of)) < 0.88, 1, -1) * chance.geometric(1 / 15, len(of)), 0)
    later = np.cumsum(days)
    ahead = chance.integers(20, 90, len(starts))
    return value, created[of] + (ahead[of] + later - later[starts][of]) * DAY
