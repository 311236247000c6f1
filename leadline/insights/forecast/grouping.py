"""Bookings per span of everything, and by person, team, source, pipeline, revenue type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from leadline.insights.forecast.answer import PARTS, Bookings, By, Span
from leadline.insights.forecast.days import days
from leadline.insights.forecast.events import Events
from leadline.insights.forecast.standing import Book
from leadline.insights.ledger.ledger import NOBODY, Floats, Ids, Places

GROUPS: tuple[By, ...] = ("all", "owner", "team", "source", "pipeline", "revenue")


@dataclass(frozen=True)
class Pieces:
    """Days cut where any span begins or ends, so that every span is some of the pieces. `made_of` is (T, S), 0 or 1."""

    begins: Floats
    made_of: Floats

    def __len__(self) -> int:
        return len(self.begins) - 1

    def of(self, day: Floats) -> Ids:
        """The piece of each day; -1 for those outside."""
        found = np.searchsorted(self.begins, day, side="right") - 1
        return np.where(found < len(self), found, -1)


def pieces(spans: tuple[Span, ...]) -> Pieces:
    """Of these spans."""
    begins = np.unique([edge for span in spans for edge in (span.start, span.end + 1)])
    first = begins[:-1, None]
    made_of = (first >= [span.start for span in spans]) & (first <= [span.end for span in spans])
    return Pieces(begins, made_of.astype(np.float64))


def places(book: Book, by: By, deals: Places) -> Places:
    """The place of each deal in a grouping; NOBODY where it has none."""
    table, staff = book.ledger.deals, book.ledger.staff
    if by == "all":
        return np.full(len(deals), NOBODY, np.int32)
    if by == "team":
        owner = table.owner[deals]
        none = np.full(len(deals), NOBODY, np.int32)
        return np.where(owner >= 0, staff.team[np.maximum(owner, 0)], none) if len(staff.team) else none
    return np.asarray(getattr(table, by)[deals], np.int32)


def grouped(
    book: Book, found: Events, day: Floats, spans: tuple[Span, ...], keys: tuple[By, ...] = GROUPS
) -> Mapping[tuple[By, int], Bookings]:
    """`day` is that of each event. A group is there if it won something in a span so far, or does in a draw."""
    cut = pieces(spans)
    won_on = cut.of(days(book.ledger, book.ledger.deals.closed[book.won]))
    recent = won_on >= 0
    won, won_on = book.won[recent], won_on[recent]
    piece = cut.of(day)
    groups: dict[tuple[By, int], Bookings] = {}
    for by in keys:
        so_far, to_come = places(book, by, won), places(book, by, found.like)
        names = np.union1d(so_far, to_come) if by != "all" else np.array([NOBODY])
        row = np.searchsorted(names, to_come)
        money = _summed(row * found.draws + found.draw, found, piece, (len(names), found.draws, len(cut)))
        parts = _summed(row * len(PARTS) + found.part, found, piece, (len(names), len(PARTS), len(cut))) / found.draws
        for place, name in enumerate(names):
            mine = so_far == name
            groups[by, int(name)] = _bookings(book, won[mine], won_on[mine], money[place], parts[place], cut)
    return groups


def _summed(row: Ids, found: Events, piece: Ids, shape: tuple[int, int, int]) -> Floats:
    """Money by what `row` stands for (the first two of the shape) and piece (the last)."""
    there = piece >= 0
    flat = np.bincount(row[there] * shape[2] + piece[there], found.money[there], minlength=int(np.prod(shape)))
    return flat.reshape(shape).astype(np.float64)


def _bookings(book: Book, won: Places, won_on: Ids, money: Floats, parts: Floats, cut: Pieces) -> Bookings:
    """One group's: what is won, what is to come."""
    amounts = np.nan_to_num(book.ledger.deals.value[won])
    so_far = np.bincount(won_on, amounts, minlength=len(cut)) @ cut.made_of
    wins = np.bincount(won_on, minlength=len(cut)) @ cut.made_of
    to_come = {name: parts[place] @ cut.made_of for place, name in enumerate(PARTS)}
    return Bookings(so_far, wins, (so_far + money @ cut.made_of).astype(np.float32), to_come)
