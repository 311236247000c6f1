"""Whales, the quality of records and the signs of fluff, slowly: one deal at a time, from the definitions."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from tests.oracle.flow import Record, Slow, seconds

CLOSED = ("won", "lost")


def won(slow: Slow) -> Iterator[Record]:
    for deal, row in slow.deals.items():
        if row["status"] == "won":
            yield {
                "deal": deal,
                "on": slow.day(row["closed_at"]),
                **{k: row[k] for k in ("value_base", "organization")},
            }


def _whales(unit: str) -> Callable[[Slow, list[Record]], Record]:
    def summary(_slow: Slow, facts: list[Record]) -> Record:
        worth: dict[Any, Decimal] = defaultdict(Decimal)
        for fact in facts:
            if fact["value_base"] and fact[unit] is not None:
                worth[fact[unit]] += fact["value_base"]
        sizes = sorted(worth.values(), reverse=True)
        total = sum(sizes, Decimal(0))
        tops = {
            name: sizes[: math.ceil(n * len(sizes) / 100)] for name, n in (("top_1", 1), ("top_3", 3), ("top_10", 10))
        }
        return {
            "value": float(total**2 / sum(size**2 for size in sizes)) if total else None,
            "n": len(sizes),
            "total": total,
            "without_largest": total - max(sizes, default=0),
            "largest": float(sizes[0] / total) if total else None,
            **{name: float(sum(some) / total) if total else None for name, some in tops.items()},
            "left_out": sum(fact["value_base"] is None or fact[unit] is None for fact in facts),
        }

    return summary


def touched(slow: Slow, row: Record) -> bool:
    """After its creation and before its close."""
    return any(
        (row["created_at"] is None or touch["touched_at"] > row["created_at"])
        and (row["status"] not in CLOSED or row["closed_at"] is None or touch["touched_at"] < row["closed_at"])
        for touch in slow.of("touches", row["deal"])
    )


def jumped(slow: Slow, deal: int) -> bool:
    """Whether it skipped a stage after its first entry."""
    times = [passage["entered_at"] for passage in slow.of("passages", deal) if passage["entered_at"]]
    late = [passage for passage in slow.of("passages", deal) if passage["entered_at"] and passage["skipped"]]
    return any(passage["entered_at"] > min(times) for passage in late)


def sittings(slow: Slow) -> set[int]:
    """Deals that somebody moved together with two others within a minute."""
    found: set[int] = set()
    for person in {touch["actor"] for touch in slow.rows["touches"]} - {None}:
        moves = sorted(
            (touch["touched_at"].replace(microsecond=0), touch["deal"])
            for touch in slow.rows["touches"]
            if touch["kind"] == "move" and touch["actor"] == person and touch["deal"] is not None
        )
        alone = [move for before, move in pairwise([(None, None), *moves]) if before[1] != move[1]]
        for first in range(len(alone) - 2):
            three = alone[first : first + 3]
            if three[2][0] - three[0][0] <= dt.timedelta(minutes=1):
                found |= {deal for _at, deal in three}
    return found


def records(slow: Slow) -> Iterator[Record]:
    twins = Counter((row["title_key"], row["organization"]) for row in slow.deals.values())
    together = sittings(slow)
    for deal, row in slow.deals.items():
        closed = row["status"] in CLOSED
        timed = closed and row["closed_at"] and row["created_at"]
        date = {"open": row["expected_close_on"], "won": row["closed_at"], "lost": row["closed_at"]}
        twin = twins[row["title_key"], row["organization"]] > 1 and row["title_key"] is not None
        yield {
            "deal": deal,
            "on": slow.day(row["created_at"]),
            "no_value": row["value_base"] is None,
            "no_owner": row["owner"] is None,
            "no_close_date": date[row["status"]] is None if row["status"] in date else None,
            "no_source": row["source"] is None,
            "no_organization": row["organization"] is None,
            "no_person": row["person"] is None,
            "no_stage": row["stage"] is None,
            "won_without_value": row["value_base"] is None if row["status"] == "won" else None,
            "lost_without_reason": row["lost_reason"] is None if row["status"] == "lost" else None,
            "closed_before_created": row["closed_at"] < row["created_at"] if timed else None,
            "never_touched": not touched(slow, row),
            "duplicate": None if row["organization"] is None else twin,
            "skipped_stage": jumped(slow, deal),
            "closed_same_day": slow.day(row["closed_at"]) == slow.day(row["created_at"]) if timed else None,
            "catch_up": deal in together,
        }


def _recorded(_slow: Slow, facts: list[Record]) -> Record:
    checks = [{key: value for key, value in fact.items() if key not in ("deal", "on")} for fact in facts]
    told = [[flaw for flaw in check.values() if flaw is not None] for check in checks]
    names = checks[0] if checks else ()
    return {
        "value": statistics.fmean(1 - sum(flaws) / len(flaws) for flaws in told) if told else None,
        "n": len(facts),
        "flawed": sum(any(flaws) for flaws in told),
        **{name: sum(bool(check[name]) for check in checks) for name in names},
        **{f"{name}_of": sum(check[name] is not None for check in checks) for name in names},
    }


def signs(slow: Slow) -> dict[int, Record]:
    """The signs of each deal that is open, won or lost."""
    found = {}
    rows = [row for row in slow.deals.values() if row["status"] in ("open", *CLOSED)]
    values = Counter(row["value_base"] for row in rows if row["value_base"] is not None)
    mean = statistics.fmean(values.values()) if values else 0
    for row in rows:
        day = slow.day(row["created_at"])
        after = day and _next_quarter(day)
        pushes = [push["days"] for push in slow.of("pushes", row["deal"]) if push["days"] > 0]
        found[row["deal"]] = {
            "untouched": not touched(slow, row),
            "pushes": len(pushes),
            "pushed_days": sum(pushes),
            "surge": bool(after and (after - day).days <= 10),
            "copied": _copied(row, rows),
            "usual": values[row["value_base"]] >= max(10, 10 * mean) if row["value_base"] is not None else False,
            "jumped": jumped(slow, row["deal"]),
            "faceless": row["person"] is None,
        }
    return found


def _next_quarter(day: dt.date) -> dt.date:
    months = day.year * 12 + (day.month - 1) // 3 * 3 + 3
    return dt.date(months // 12, months % 12 + 1, 1)


def _copied(row: Record, rows: list[Record]) -> bool:
    if None in (row["title_key"], row["value_base"], row["created_at"]):
        return False
    same = [
        other
        for other in rows
        if (other["title_key"], other["value_base"]) == (row["title_key"], row["value_base"]) and other["created_at"]
    ]
    before = [o for o in same if (o["created_at"], o["deal"]) < (row["created_at"], row["deal"])]
    return any(seconds(other["created_at"], row["created_at"]) <= 90 * 86400 for other in before)


METRICS: dict[str, tuple[Callable[[Slow], Any], Callable[[Slow, list[Record]], Record]]] = {
    "effective_deals": (won, _whales("deal")),
    "effective_customers": (won, _whales("organization")),
    "data_quality": (records, _recorded),
}


def answer(slow: Slow, metric: str, by: str | None = None, start: Any = None, end: Any = None) -> dict[Any, Record]:
    facts, summary = METRICS[metric]
    return {label: summary(slow, group) for label, group in slow.groups(list(facts(slow)), by, start, end).items()}
