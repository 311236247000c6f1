"""The one door to what the mix of sources comes to (R21)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from leadline.insights import ask

Row = dict[str, Any]
ALMOST_ALL = 0.8  # of the leads: then it is said
Z = 1.6448536269514722  # of a 90 % interval


@dataclass(frozen=True)
class Mix:
    """The largest source (`top`, None: no lead has one) and its `share` in the second half of the leads' time.

    `was` is its share in the first half (None: nobody knows), `trend` up, down, level (no change beyond chance) or
    unknown; `only`: every lead with a source has this one. `months` are the rows of effective_sources by month.
    """

    top: str | None
    share: float | None
    was: float | None
    trend: str
    only: bool
    months: list[Row]


def mix_of(**arguments: Any) -> Mix:
    """Takes what `ask.report` takes, but `by`; raises as it does."""
    months = ask.report("effective_sources", by=("month",), **arguments).rows
    counts = ask.report("leads_added", by=("month", "source"), **arguments).rows
    return Mix(**trend([row for row in counts if row["source"] and row["month"]]), months=months)


def trend(counts: list[Row]) -> dict[str, Any]:
    """The fields of a Mix but its months, from rows of leads_added by month and source."""
    nothing = {"top": None, "share": None, "was": None, "trend": "unknown", "only": False}
    if not counts:
        return nothing
    middle = _middle(sorted({row["month"] for row in counts}))
    late = _by_source([row for row in counts if row["month"] >= middle])
    early = _by_source([row for row in counts if row["month"] < middle])
    top = min(late, key=lambda name: (-late[name], name))
    m, n = sum(early.values()), sum(late.values())
    share, was = late[top] / n, early.get(top, 0) / m if m else None
    only = len({*late, *early}) == 1
    return {"top": top, "share": share, "was": was, "trend": _moved(early.get(top, 0), m, late[top], n), "only": only}


def _middle(months: list[str]) -> str:
    """The month with which the second half of the time from the first to the last begins; a lone month is all of it."""
    first, last = (dt.date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    at = first.year * 12 + first.month - 1 + span // 2
    return f"{at // 12:04}-{at % 12 + 1:02}"


def _by_source(rows: list[Row]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row["source"]] = found.get(row["source"], 0) + row["n"]
    return found


def _moved(k: int, m: int, j: int, n: int) -> str:
    """Whether j of n is another share than k of m: beyond the 90 % interval of Agresti and Caffo (2000)."""
    if not m or not n:
        return "unknown"
    one, other = (k + 1) / (m + 2), (j + 1) / (n + 2)
    reach = Z * (one * (1 - one) / (m + 2) + other * (1 - other) / (n + 2)) ** 0.5
    if abs(other - one) <= reach:
        return "level"
    return "up" if other > one else "down"
