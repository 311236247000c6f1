"""Which deals to focus on? (R16)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadline.insights.health.verdict import NO, UNKNOWN, YES, Answer, Evidence

SOON = 14  # days to an expected close
REASONS = ("overdue", "soon", "stalled", "rotten", "unplanned")


@dataclass(frozen=True)
class Pressing:
    """An open deal with its chance to be won, without the chance that it is fluff, and why it asks for attention."""

    deal: int
    amount: Decimal | None
    chance: float | None
    fluff: float
    reasons: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether it is known what it should bring."""
        return self.amount is not None and self.chance is not None

    @property
    def worth(self) -> float:
        """What it should bring: value x chance; 0 where either is not known."""
        return float(self.amount or 0) * (self.chance or 0.0)


def chances(conversions: Sequence[tuple[Any, float | None]]) -> dict[Any, float | None]:
    """From each stage to won: the product of the projected conversions from there on, stages in their order.

    Unknown from a stage before one whose conversion is not known.
    """
    found: dict[Any, float | None] = {}
    onward: float | None = 1.0
    for stage, share in reversed(conversions):
        onward = None if onward is None or share is None else onward * share
        found[stage] = onward
    return found


def reasons(deal: Mapping[str, Any], today: dt.date) -> tuple[str, ...]:
    """Why an open deal asks for attention: its expected close is past or near, it is stalled, rotten, or nothing is
    planned. `deal` holds expected_close_on, stalled, rotten, unplanned.
    """
    on = deal["expected_close_on"]
    told = {
        "overdue": on is not None and on < today,
        "soon": on is not None and today <= on <= today + dt.timedelta(days=SOON),
        "stalled": bool(deal["stalled"]),
        "rotten": bool(deal["rotten"]),
        "unplanned": bool(deal["unplanned"]),
    }
    return tuple(name for name in REASONS if told[name])


def ranked(deals: Sequence[Pressing]) -> list[Pressing]:
    """Those with a reason, by what they should bring, then by how many reasons they have."""
    pressing = [deal for deal in deals if deal.reasons]
    return sorted(pressing, key=lambda deal: (-deal.worth, -len(deal.reasons), deal.deal))


def focus(deals: Sequence[Pressing]) -> Answer:
    """Yes: deals with a value and a known chance ask for attention; they are listed by value x chance.

    No: none of the open ones does. Cannot tell where none of them has a value or a chance that is known.
    """
    pressing, known = ranked(deals), [deal for deal in deals if deal.worth]
    worth = sum(deal.worth for deal in pressing) if any(deal.known for deal in pressing) or not pressing else None
    evidence = (
        Evidence("pressing", len(pressing), n=len(deals)),
        Evidence("pressing_worth", worth, "money", n=len(pressing), beside=sum(deal.known for deal in pressing)),
    )
    if not deals:
        return Answer("focus", UNKNOWN, "empty", evidence)
    if not known:
        return Answer("focus", UNKNOWN, "not_measured", evidence)
    return Answer("focus", YES if pressing else NO, "these" if pressing else "none", evidence)
