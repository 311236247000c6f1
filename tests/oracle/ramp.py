"""Ramp, slowly: one person and one month at a time."""

from __future__ import annotations

import calendar
import datetime as dt
import statistics
from collections import defaultdict
from fractions import Fraction
from typing import Any

from tests.oracle.people import Row, Slow


class _Seller:
    def __init__(self, slow: Slow, row: Row) -> None:
        self.owner, self.hired_on = row["member"], row.get("hired_on")
        won = [deal for deal in slow.deals.values() if deal["status"] == "won" and deal.get("owner") == self.owner]
        self.won = [(slow.day(deal["closed_at"]), deal.get("value_base") or 0) for deal in won]
        self.since = self.hired_on or min((day for day, _value in self.won), default=None)
        self.left_on = row.get("left_on") or dt.date.max

    def quarter(self, since: dt.date, month: int, today: dt.date) -> float:
        """What was booked in the three months that end so many months after a day."""
        start, end = _later(since, month - 3), _later(since, month)
        return float(sum(value for day, value in self.won if start < day <= end and day <= today))


def _later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _months(one: _Seller, sellers: list[_Seller], today: dt.date) -> dict[str, int | None] | None:
    """Months to half, to all, and how many were watched; None where there is nothing to be held against."""
    first = min((day for each in sellers for day, _value in each.won if day <= today), default=None)
    if one.hired_on is None or first is None or one.hired_on < first:
        return None
    found: dict[str, int | None] = {"half": None, "full": None, "watched": 0}
    compared = False
    for month in range(1, 61):
        day = _later(one.hired_on, month)
        if day > today or day > one.left_on:
            break
        found["watched"] = month
        year_ago = _later(one.hired_on, month - 12)
        tenured = [s for s in sellers if s is not one and s.since and s.since <= year_ago and s.left_on >= day]
        bar = statistics.median(s.quarter(one.hired_on, month, today) for s in tenured) if len(tenured) >= 3 else 0
        if bar > 0:
            compared = True
            own = one.quarter(one.hired_on, month, today)
            for name, part in (("half", bar / 2), ("full", bar)):
                if found[name] is None and own >= part:
                    found[name] = month
            if found["full"]:
                break
    return found if compared else None


def _median(told: list[dict[str, int | None]], name: str) -> int | None:
    """Kaplan and Meier's, who has not reached it being watched no longer."""
    left = Fraction(1)
    for month in sorted({each[name] for each in told} - {None}):
        there = sum((each[name] or each["watched"]) >= month for each in told)
        left *= 1 - Fraction(sum(each[name] == month for each in told), there)
        if left <= Fraction(1, 2):
            return month
    return None


def answer(slow: Slow, metric: str, by: str | None, start: dt.date | None, end: dt.date | None) -> dict[Any, Row]:
    """Label to row."""
    assert metric == "ramp"
    today = slow.day(slow.as_of)
    people = [(row, _Seller(slow, row)) for row in slow.rows["staff"]]
    sellers = [seller for row, seller in people if seller.won or row.get("carries_quota")]
    groups: dict[Any, list[_Seller]] = defaultdict(list)
    if by is None:
        groups[None] = []
    for each in sellers:
        if each.hired_on and (not start or each.hired_on >= start) and (not end or each.hired_on <= end):
            groups[slow.label({"owner": each.owner}, by) if by else None].append(each)
    found = {}
    for label, group in groups.items():
        told = [months for each in group if (months := _months(each, sellers, today))]
        found[label] = {
            "value": _median(told, "half"), "full": _median(told, "full"), "people": len(told),
            "unreached": sum(each["full"] is None for each in told),
            "n": sum(day >= each.hired_on for each in group for day, _value in each.won),
        }  # fmt: skip
    return found
