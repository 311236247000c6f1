"""Streams in which deals are created: new business by source, add-ons, renewals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.forecast.spells import Spells
from leadline.insights.forecast.standing import Book
from leadline.insights.ledger.ledger import Flags, Floats, Ids, Places, Revenue

WEEK = 7.0
YEAR = 364.0
LEAST = 40  # deals of a source within a year that make a stream of their own
MOST_WEEKS = 130
DONORS = 182.0  # days back in which deals are looked at for who gets a new one


@dataclass(frozen=True)
class Streams:
    """`of` is the stream of each deal; `again` tells which streams are customers' further business."""

    of: Ids
    again: Flags

    def __len__(self) -> int:
        return len(self.again)


def streams(book: Book) -> Streams:
    """Sources with few deals lately share one stream."""
    deals, as_of = book.ledger.deals, book.ledger.as_of
    new = deals.revenue == Revenue.NEW
    source = deals.source.astype(np.int64) + 1
    lately = np.bincount(source[new & (deals.created > as_of - YEAR)], minlength=int(source.max(initial=0)) + 1)
    own = np.flatnonzero(lately >= LEAST)
    place = np.zeros(len(lately), np.int64)
    place[own] = np.arange(1, len(own) + 1)
    kinds = [place[source], np.full(len(deals), len(own) + 1), np.full(len(deals), len(own) + 2)]
    of = np.choose(deals.revenue.astype(np.int64), kinds)
    return Streams(of, np.array([False] * (len(own) + 1) + [True, True]))


def weekly(spells: Spells, stream: Ids, count: int, as_of: float, start: float) -> Floats:
    """(streams, weeks): deals created in each whole week of the records, the last one up to now."""
    weeks = min(MOST_WEEKS, max(1, int((as_of - start) // WEEK)))
    back = np.ceil((as_of - spells.begun) / WEEK).astype(np.int64)  # the last week is 1
    back = np.maximum(back, 1)
    there = back <= weeks
    flat = np.bincount(stream[there] * weeks + (weeks - back[there]), minlength=count * weeks)
    return flat.reshape(count, weeks).astype(np.float64)


def donors(book: Book, found: Streams, stream: int) -> Places:
    """Deals like those to come in a stream: the latest ones whose owner still works, else the latest."""
    deals, staff, as_of = book.ledger.deals, book.ledger.staff, book.ledger.as_of
    mine = np.flatnonzero(found.of == stream)
    here = np.ones(len(mine), bool)
    if len(staff.active):
        owner = deals.owner[mine]
        gone = staff.left < as_of
        here = (owner >= 0) & ~gone[owner]
    late = deals.created[mine] > as_of - DONORS
    for rows in (mine[here & late], mine[here], mine):
        if len(rows) >= 10 or (len(rows) and rows is mine):
            return rows.astype(np.int32)
    return mine.astype(np.int32)
