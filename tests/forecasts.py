"""A forecast as it is kept, made up, for pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from leadline.insights.outlook.backtest import Backtest, Bin, Stand
from leadline.insights.outlook.outlook import (
    Beside,
    Cannot,
    Goal,
    Group,
    Mark,
    Moved,
    OpenDeal,
    Outlook,
    Said,
    Step,
    Stretch,
)

NAN = float("nan")
DAY = dt.date(2026, 3, 10)
MARCH = Stretch("month", "2026-03", dt.date(2026, 3, 1), dt.date(2026, 3, 31))
QUARTER = Stretch("quarter", "2026-Q1", dt.date(2026, 1, 1), dt.date(2026, 3, 31))
AHEAD = Stretch("horizon", "13w", DAY, dt.date(2026, 6, 8))
SAID = Said(4900, 5, 9123.4, 6000, 7000, 8765.4, 9000, 12345.6, 3000, 1000, 223.4)


def said(scale: float) -> Said:
    return Said(*(value * scale if value != SAID.wins else value for value in vars(SAID).values()))


def an_outlook(deal: int, *owners: int, **more: Any) -> Outlook:
    """Of a quarter in which 4,900 are won, with one open deal; the first owner brings half of it, the second 40 %."""
    groups = [("all", None, 1.0), *(("owner", pk, share) for pk, share in zip(owners, (0.5, 0.4), strict=False))]
    found = Outlook(
        day=DAY,
        weeks=13,
        stretches=(MARCH, QUARTER, AHEAD),
        groups=tuple(Group(by, pk, (said(scale / 2), said(scale), said(2 * scale))) for by, pk, scale in groups),
        fan=(
            Mark(dt.date(2025, 12, 31), 0.0),
            Mark(DAY, 4900, *[4900] * 5),
            Mark(QUARTER.end, None, 6e3, 7e3, 8e3, 9e3, 1e4),
        ),
        deals=(
            OpenDeal(deal, owners[0], None, None, 900, 0.6, 0.5, 540, 450, QUARTER.end, None, 0.3, 9, 40, 3),
            OpenDeal(10**9, None, None, None, 1e6, 0.6, 0.5, 6e5, 4e5, None, None, 0.3, 9, 40, 3),
        ),
        beside=(Beside("weighted", (1.0, 700.0, 3.0)), Beside("last_year", (NAN,) * 3, Cannot("no_past_year"))),
        goals=(Goal("booked_revenue", None, None, None, QUARTER.start, QUARTER.end, 1e4, 4900, 6e3, 8e3, 1e4, 0.0),),
        moved=Moved(QUARTER, DAY - dt.timedelta(7), 8e3, 8765.4, (Step("won", 765.4, (deal,)),)),
        method="hazards",
        closed=8,
        won=6,
        open=1,
        checked=6,
    )  # fmt: skip
    return replace(found, **more)


PAST = Backtest(
    13,
    (
        Stand(dt.date(2026, 1, 1), 13, 1000, 3000, 6000, 2000, float("nan"), 9000, 5900),
        Stand(dt.date(2026, 1, 29), 13, 1000, 3000, 6000, 2000, float("nan"), 9000, 600),
    ),
    (Bin(0.1, 0.125, 0.08, 0.2, 40, 5), Bin(0.5, 0.4, 0.3, 0.52, 40, 16)),
    0.15,
    0.2,
)
