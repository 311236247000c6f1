"""Moves that were undone at once: "a move undone within 10 minutes by the same person is not a visit"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

MINUTES = 10


class Move(NamedTuple):
    """A change of place; `actor` is None where no person is known to have made it."""

    deal: int
    seq: int
    place: str
    started_at: dt.datetime
    actor: int | None


def undone(moves: Iterable[Move]) -> Iterator[tuple[int, int]]:
    """(deal, seq) of every move that was undone and of every move that undid it. `moves` ordered by deal and seq.

    Read from first to last: a move back to the place before undoes the last one that still stands. So there and back
    and there again leaves one move.
    """
    for _deal, own in groupby(moves, key=itemgetter(0)):
        standing: list[Move] = []
        for move in own:
            if len(standing) > 1 and _undoes(move, standing[-1], standing[-2]):
                yield standing[-1].deal, standing.pop().seq
                yield move.deal, move.seq
            else:
                standing.append(move)


def _undoes(move: Move, last: Move, before: Move) -> bool:
    soon = move.started_at - last.started_at <= dt.timedelta(minutes=MINUTES)
    return soon and move.place == before.place and move.actor is not None and move.actor == last.actor
