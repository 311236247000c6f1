"""What is kept of what was said, so that it can be held against what came: no names, no more than is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leadline.insights.outlook.outlook import Outlook, Said

VERSION = 1
QUANTILES = ("p5", "p25", "p50", "p75", "p95")


@dataclass(frozen=True)
class Told:
    """What a kept forecast said of one group and one stretch; `beside` are the simple forecasts of everything."""

    at: dt.datetime
    on: dt.date
    kind: str
    start: dt.date
    end: dt.date
    won: float
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float
    beside: Mapping[str, float]


def brief(outlook: Outlook) -> dict[str, Any]:
    """The body of a snapshot: quantiles by stretch and group, contributions per open deal, baselines."""
    return {
        "version": VERSION,
        "method": outlook.method,
        "cannot": outlook.cannot.reason if outlook.cannot else None,
        "stretches": [[one.kind, one.start.isoformat(), one.end.isoformat()] for one in outlook.stretches],
        "groups": [[group.by, group.id, [_brief(said) for said in group.said]] for group in outlook.groups],
        "deals": [
            [deal.id, _cents(deal.chance, 4), _cents(deal.money), _cents(deal.chance_in_quarter, 4),
             _cents(deal.money_in_quarter)] for deal in outlook.deals
        ],
        "beside": {one.key: [_cents(money) for money in one.money] for one in outlook.beside},
    }  # fmt: skip


def told(body: Mapping[str, Any], at: dt.datetime, on: dt.date, by: str, of: int | None) -> Iterator[Told]:
    """What a snapshot said of a group, stretch by stretch; nothing where it said nothing of it."""
    lines: list[list[float]] = next((said for kind, pk, said in body.get("groups", ()) if (kind, pk) == (by, of)), [])
    simple = body["beside"] if by == "all" else {}
    for place, ((kind, start, end), numbers) in enumerate(zip(body.get("stretches", ()), lines, strict=False)):
        beside = {key: money[place] for key, money in simple.items() if money[place] is not None}
        won, p5, p25, p50, p75, p95 = numbers
        yield Told(
            at, on, kind, dt.date.fromisoformat(start), dt.date.fromisoformat(end), won, p5, p25, p50, p75, p95, beside
        )


def _brief(said: Said) -> list[float | None]:
    return [_cents(said.won), *(_cents(getattr(said, name)) for name in QUANTILES)]


def _cents(value: float, digits: int = 2) -> float | None:
    return None if value != value else round(value, digits)
