"""Something was done about a finding: did the number move?"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leadline.accounts.models import User
from leadline.crm.models import KnownFinding
from leadline.insights import ask, catalogue
from leadline.insights.dimensions import UnknownName
from leadline.insights.measuring import ids
from leadline.insights.question import BadQuestion

if TYPE_CHECKING:
    from leadline.insights.report import Report

DAY = dt.timedelta(days=1)
BEFORE = 90  # days at least that the time after is held against
DIMENSIONS = {"stage": "stage", "source": "source", "person": "owner", "team": "team"}
MOVED, WORSE, UNKNOWN = "moved", "worse", "unknown"


@dataclass(frozen=True)
class Side:
    """The number over some days, both included, with its 90 % interval and what it rests on."""

    start: dt.date
    end: dt.date
    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Moved:
    """The number before and after, the difference with its 90 % interval, and the verdict: moved, worse, unknown."""

    metric: str
    unit: str
    labels: dict[str, str]
    before: Side
    after: Side
    change: float | None
    low: float | None
    high: float | None
    verdict: str


def moved(row: KnownFinding, user: User | None, today: dt.date) -> Moved | None:
    """Before and since the day something was done; None where nothing was, or no number is named.

    Counts and sums are taken a week, since the two times may differ in length.
    """
    if row.acted_on is None or not row.metric or row.acted_on > today:
        return None
    where = labels(row)
    span = max((today - row.acted_on).days, BEFORE)
    try:
        before = _side(row, user, where, row.acted_on - span * DAY, row.acted_on - DAY)
        after = _side(row, user, where, row.acted_on, today)
        metric = catalogue.find(row.metric)
    except (BadQuestion, UnknownName):  # a stage or a metric that is no more
        return None
    change, low, high = difference(before, after)
    return Moved(
        row.metric, metric.unit, where, before, after, change, low, high, _verdict(metric.good_direction, low, high)
    )


def difference(before: Side, after: Side) -> tuple[float | None, float | None, float | None]:
    """After less before, with a 90 % interval out of those of both (MOVER: Zou and Donner 2008)."""
    if before.value is None or after.value is None:
        return None, None, None
    change = after.value - before.value
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return change, None, None
    down = math.hypot(after.value - after.low, before.high - before.value)
    up = math.hypot(after.high - after.value, before.value - before.low)
    return change, change - down, change + up


def _verdict(good: str, low: float | None, high: float | None) -> str:
    if low is None or high is None or low <= 0 <= high or good not in ("up", "down"):
        return UNKNOWN
    return MOVED if (low > 0) == (good == "up") else WORSE


def labels(row: KnownFinding) -> dict[str, str]:
    """Where it is, by the labels under which the numbers know it."""
    found = {}
    for word, dimension in DIMENSIONS.items():
        if word in row.place:
            label = next((label for label, pk in ids(dimension).items() if pk == row.place[word]), None)
            if label is not None:
                found[dimension] = label
    return found


def _side(row: KnownFinding, user: User | None, labels: dict[str, str], start: dt.date, end: dt.date) -> Side:
    known = catalogue.find(row.metric).dimensions
    where: dict[str, Any] = {name: label for name, label in labels.items() if name in known}
    asked: Report = ask.report(row.metric, start=start, end=end, where=where, user=user, pipeline=row.pipeline_id)
    found = asked.rows[0]
    if asked.metric.kind in ("count", "total"):
        return _weekly(start, end, float(found["value"] or 0), int(found["n"]), asked.metric.kind == "count")
    value, low, high = (None if found[key] is None else float(found[key]) for key in ("value", "low", "high"))
    return Side(start, end, value, low, high, int(found["n"]))


def _weekly(start: dt.date, end: dt.date, value: float, n: int, counted: bool) -> Side:
    """A count or a sum a week; of a count with the exact interval of a Poisson rate."""
    from leadline.insights.numbers.ratios import rate  # noqa: PLC0415  scipy stays off the start-up path

    weeks = ((end - start).days + 1) / 7
    if not counted:
        return Side(start, end, value / weeks, None, None, n)
    return Side(start, end, *rate(value, weeks), n)
