"""Draws of the future: who is won when, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from leadline.insights.forecast import arrivals, births, sizes
from leadline.insights.forecast.chances import Chances
from leadline.insights.forecast.shocks import factors
from leadline.insights.forecast.sizes import Sizes
from leadline.insights.forecast.standing import Book
from leadline.insights.forecast.streams import Streams, donors, streams, weekly
from leadline.insights.ledger.ledger import Floats, Ids, Places

OPEN, NEW, AGAIN = range(3)  # where a win comes from
OWN, LEAST = 20, 5  # wins of a stream, of its kind, from which on what they brought is told by them alone
CHUNK = 2_000_000  # deals times draws at once


@dataclass(frozen=True)
class Events:
    """Wins of the future, one row each: in which draw, which week ahead (1 is the first), and whose."""

    draws: int
    draw: Places
    week: NDArray[np.int16]
    part: NDArray[np.int8]
    money: Floats
    like: Places  # the row of the deal itself, or of a past one of the same owner, source … for deals to come

    def __len__(self) -> int:
        return len(self.draw)


def events(book: Book, chances: Chances, found: Sizes, draws: int, rng: np.random.Generator) -> Events:
    """Of open deals, and of those not created yet."""
    each = [*_of_open(book, chances, found, draws, rng), *_of_new(book, chances.weeks, found, draws, rng)]
    joined = _joined(each, draws)
    factor = factors(chances.shock, chances.weeks, draws, rng)
    return replace(joined, money=joined.money * factor[joined.draw, joined.week - 1])


def _of_open(book: Book, chances: Chances, found: Sizes, draws: int, rng: np.random.Generator) -> list[Events]:
    """Each draw takes one draw of the effects, and then each deal its luck."""
    share = np.cumsum(chances.won, axis=2, dtype=np.float32)  # (B, O, W)
    count = share.shape[1]
    if not count:
        return []
    parts = []
    step = max(1, CHUNK // count)
    for first in range(0, draws, step):
        draw = np.arange(first, min(draws, first + step))
        effects = draw % len(share)
        luck = rng.random((len(draw), count), dtype=np.float32)
        rows, deal = np.nonzero(luck < share[effects, :, -1])
        week = (luck[rows, deal][:, None] >= share[effects[rows], deal]).sum(axis=1) + 1
        money = sizes.brought(found, chances.value[deal], rng)
        parts.append(_rows(draws, draw[rows], week, OPEN, money, chances.deal[deal]))
    return parts


def _of_new(book: Book, weeks: int, found: Sizes, draws: int, rng: np.random.Generator) -> list[Events]:
    """Each stream's arrivals, thinned by what is won of them and when: Poisson again."""
    ledger, spells = book.ledger, book.spells
    several = streams(book)
    stream = several.of[spells.deal]
    counts = weekly(spells, stream, len(several), ledger.as_of, ledger.start)
    seasonal = arrivals.season(counts.sum(axis=0), weeks)
    past = counts.shape[1]
    share = births.shares(spells, stream, several.again, ledger.as_of, ledger.start, weeks, draws, rng)
    parts = []
    for place in range(len(several)):
        if not counts[place].any():
            continue
        flow = arrivals.stream(counts[place], seasonal[:past])
        rates = arrivals.rates(flow, seasonal[past:], draws, rng)
        wins = rng.poisson(births.booked(rates, share[:, place]))
        draw, week = np.nonzero(wins)
        times = wins[draw, week]
        part = AGAIN if several.again[place] else NEW
        draw, week = np.repeat(draw, times), np.repeat(week, times) + 1
        like = donors(book, several, place)
        money = _worth(several, place, found, draw, draws, rng)
        parts.append(_rows(draws, draw, week, part, money, like[rng.integers(0, len(like), len(draw))]))
    return parts


def _worth(several: Streams, place: int, found: Sizes, draw: Ids, draws: int, rng: np.random.Generator) -> Floats:
    """What the wins of a stream bring, from past ones; which of them each draw knows is drawn too (the bootstrap)."""
    mine = np.flatnonzero(several.of[found.wins] == place)
    if len(mine) < OWN:
        mine = np.flatnonzero(several.again[several.of[found.wins]] == several.again[place])
    pool = found.money[mine] if len(mine) >= LEAST else found.money
    if not len(pool):
        return np.zeros(len(draw))
    known = rng.integers(0, len(pool), (min(draws, 128), len(pool)))
    chosen = pool[known[draw % len(known), rng.integers(0, len(pool), len(draw))]]
    blurred = np.exp(found.blur * rng.standard_normal(len(draw)) - found.blur**2 / 2)
    return np.asarray(chosen * blurred)


def _rows(draws: int, draw: Ids, week: Ids, part: int, money: Floats, like: Places) -> Events:
    return Events(
        draws,
        draw.astype(np.int32),
        week.astype(np.int16),
        np.full(len(draw), part, np.int8),
        money,
        like.astype(np.int32),
    )


def _joined(parts: list[Events], draws: int) -> Events:
    if not parts:
        none = np.zeros(0, np.int64)
        return _rows(draws, none, none, OPEN, np.zeros(0), none.astype(np.int32))
    columns = [
        np.concatenate([getattr(one, name) for one in parts]) for name in ("draw", "week", "part", "money", "like")
    ]
    return Events(draws, *columns)


def times(found: Events, factor: Floats) -> Events:
    """Money of each draw times its factor (N,)."""
    return replace(found, money=found.money * factor[found.draw])
