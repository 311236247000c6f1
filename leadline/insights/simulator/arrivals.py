"""When leads come in, from which source: level, growth, season, weekday, and better or worse weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.chance import Purpose, chance
from leadline.insights.simulator.company import Floats, Numbers, Places
from leadline.insights.simulator.parameters import GROWTH, NOISE, OUTREACH, SEASON, SHARE, SOURCES, WEEKDAY
from leadline.insights.simulator.span import HOURS, OPENS, Span

LEADS_A_BLOCK = 100_000  # part of what a seed means: another number gives other companies
IN_HOURS = 0.85


@dataclass(frozen=True)
class Block:
    """The leads of some days in a row. `number` counts from 1; `first` is the number of its first lead."""

    number: int
    first: int
    days: range
    counts: Numbers  # (days, S)


@dataclass(frozen=True)
class Arrived:
    """Leads in order of time, which is days since the start."""

    key: Numbers
    created: Floats
    source: Places


def arriving(seed: int, block: int, span: Span, leads: float) -> Numbers:
    """How many leads come each day from each source: shape (days, S); `leads` are expected in all.

    Counts are Poisson's around a rate that is multiplied week by week by a gamma variable of mean 1 and coefficient of
    variation NOISE: negative binomial, overdispersed as real ones are.
    """
    rng = chance(seed, block, Purpose.ARRIVALS)
    day = np.arange(span.days)
    months = (np.datetime64(span.first) + day).astype("datetime64[M]").astype(int) % 12
    level = SEASON[months] * WEEKDAY[span.weekday(day)] * (1 + GROWTH) ** (day / 365.25)
    weekly = rng.gamma(1 / NOISE**2, NOISE**2, (span.days // 7 + 1, len(SOURCES)))[day // 7]
    counts: Numbers = rng.poisson(leads * SHARE * (level / level.sum())[:, None] * weekly)
    return counts


def blocks(counts: Numbers) -> Iterator[Block]:
    """Days in a row with about LEADS_A_BLOCK leads each; nothing where there are none."""
    daily = counts.sum(axis=1)
    before = np.cumsum(daily) - daily
    for number, place in enumerate(np.unique(before[daily > 0] // LEADS_A_BLOCK), start=1):
        days = np.flatnonzero((before // LEADS_A_BLOCK == place) & (daily > 0))
        found = range(int(days[0]), int(days[-1]) + 1)
        yield Block(number, int(before[days[0]]), found, counts[found.start : found.stop])


def arrived(rng: np.random.Generator, block: Block, span: Span) -> Arrived:
    """The leads of a block, each at some time of its day; outreach begins in working hours only."""
    sources = len(SOURCES)
    cell = np.repeat(np.arange(block.counts.size), block.counts.ravel())
    day, source = block.days.start + cell // sources, (cell % sources).astype(np.int16)
    office, any_time, whether = rng.random((3, len(cell)))
    working = (whether < IN_HOURS) | (source == OUTREACH)
    created = day + np.where(working, (OPENS + HOURS * office) / 24, any_time)
    order = np.argsort(created, kind="stable")
    return Arrived(block.first + np.arange(len(cell)), created[order], source[order])
