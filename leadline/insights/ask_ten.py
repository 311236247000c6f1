"""How often a note of 1st & 10 is answered, and becomes a conversation (R33): measured, with its interval."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from leadline.accounts.models import User
from leadline.activities.ten.rates import Tally, notes_of, old_enough, tallies, tally

ENOUGH = 20  # notes; with fewer nobody can tell


@dataclass(frozen=True)
class Share:
    """`count` of `notes`; the share and its 90 % Jeffreys interval, None while there are too few to tell."""

    count: int
    notes: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Rates:
    """What came back on some notes; `key` is the rule or the number of the opening, None for all of them."""

    key: Any
    notes: int
    replies: Share
    conversations: Share

    @property
    def can_tell(self) -> bool:
        return self.notes >= ENOUGH


@dataclass(frozen=True)
class Measured:
    """Somebody's rates. `waiting` notes are too young to count."""

    all: Rates
    by_rule: list[Rates]
    by_opening: list[Rates]
    waiting: int


def measured(user: User, now: dt.datetime) -> Measured:
    """Of the notes that this person wrote; conversations are among the replies."""
    rows = notes_of(user)
    old = old_enough(rows, now)
    every = tally(old)
    return Measured(
        rates(None, every),
        [rates(key, one) for key, one in tallies(old, "rule").items()],
        [rates(key, one) for key, one in tallies(old, "opening_id").items()],
        rows.count() - every.notes,
    )


def rates(key: Any, counted: Tally) -> Rates:
    shares = (share(count, counted.notes) for count in (counted.replies, counted.conversations))
    return Rates(key, counted.notes, *shares)


def share(count: int, notes: int) -> Share:
    """A share with its interval, from 20 notes on."""
    if notes < ENOUGH:
        return Share(count, notes)
    import numpy as np  # noqa: PLC0415  heavy, and a start must stay quick

    from leadline.insights.numbers.proportions import jeffreys  # noqa: PLC0415  scipy, likewise

    low, high = jeffreys(np.array([float(count)]), np.array([float(notes)]))
    return Share(count, notes, count / notes, float(low[0]), float(high[0]))
