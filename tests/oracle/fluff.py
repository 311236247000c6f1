"""Fluff by the stated rule, and what the pipeline covers without it, slowly: one open deal at a time."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from tests.oracle import trust
from tests.oracle.flow import Record, Slow, seconds

ADDS = {"untouched": 2.0, "pushes": 0.7, "surge": 0.7, "copied": 1.2, "usual": 0.7, "jumped": 0.5, "faceless": 0.5}
HABIT, NONE = 0.5, -3.0


def _signs(slow: Slow) -> dict[int, dict[str, int]]:
    """Of every deal that is open, won or lost; a week must pass before nobody has touched it, three pushes are all."""
    found = {}
    for deal, told in trust.signs(slow).items():
        row = slow.deals[deal]
        until = row["closed_at"] if row["status"] != "open" and row["closed_at"] else slow.as_of
        old = row["created_at"] is None or seconds(row["created_at"], until) >= 7 * 86400
        changed = {"untouched": told["untouched"] and old, "pushes": min(told["pushes"], 3)}
        found[deal] = {name: int({**told, **changed}[name]) for name in ADDS}
    return found


def _decided(slow: Slow) -> list[int]:
    """Won, lost, or open for longer than 95 % of the won ones were."""
    cycles = [
        seconds(row["created_at"], row["closed_at"])
        for row in slow.deals.values()
        if row["status"] == "won" and None not in (row["created_at"], row["closed_at"])
    ]
    known = [each for each in cycles if each >= 0]
    longest = float(np.quantile(known, 0.95)) if known else math.inf
    return [
        deal
        for deal, row in slow.deals.items()
        if row["status"] in ("won", "lost")
        or (row["status"] == "open" and row["created_at"] and seconds(row["created_at"], slow.as_of) > longest)
    ]


def _chances(slow: Slow) -> dict[int, float]:
    """Open deals with the probability that there is nothing behind them."""
    signs, decided = _signs(slow), _decided(slow)
    crowd = {name for name in ADDS if sum(signs[deal][name] > 0 for deal in decided) * 10 > 9 * len(decided)}
    double = {deal: sum(told[name] > 0 for name in ADDS) >= 2 for deal, told in signs.items()}
    everybody = Fraction(sum(double.values()), max(len(double), 1))
    found = {}
    for deal, told in signs.items():
        owner = slow.deals[deal]["owner"]
        own = [double[other] for other in signs if slow.deals[other]["owner"] == owner]
        habit = 10 * (Fraction(sum(own) + 20 * everybody, len(own) + 20) - everybody) if owner is not None else 0
        odds = NONE + sum(ADDS[name] * told[name] for name in ADDS if name not in crowd) + HABIT * float(habit)
        if slow.deals[deal]["status"] == "open":
            found[deal] = 1 / (1 + math.exp(-odds))
    return found


def _open(slow: Slow) -> list[Record]:
    return [
        {"deal": deal, "on": slow.deals[deal]["expected_close_on"], "chance": chance,
         "amount": float(slow.deals[deal]["value_base"] or 0)}
        for deal, chance in _chances(slow).items()
    ]  # fmt: skip


def _share(facts: list[Record]) -> Record:
    chances = [fact["chance"] for fact in facts]
    worth, whole = sum(fact["chance"] * fact["amount"] for fact in facts), sum(fact["amount"] for fact in facts)
    told = {
        "value": sum(chances) / len(chances) if chances else None, "n": len(chances), "worth": round(worth, 2),
        "of_value": worth / whole if whole else None, "low": None, "high": None, "learnt_from": 0,
    }  # fmt: skip
    even = any(abs(chance - 0.5) < 1e-9 for chance in chances)  # on which side of it only rounding tells
    return told if even else {**told, "fluff": sum(chance > 0.5 for chance in chances)}


def _targets(slow: Slow, by: str | None, start: dt.date, end: dt.date) -> dict[Any, Fraction]:
    """Label to what should be booked in the period, a target's days in it for each of all its days."""
    set_ = [
        row
        for row in slow.rows["targets"]
        if row["metric"] == "booked_revenue" and row["start_on"] <= end and row["end_on"] >= start
    ]
    set_ = [row for row in set_ if row["pipeline"] is None] or set_
    company = [row for row in set_ if row["member"] is None and row["team"] is None]
    teams, people = ([row for row in set_ if row[whose] is not None] for whose in ("team", "member"))
    found: dict[Any, Fraction] = defaultdict(Fraction)
    for row in people if by else company or teams or people:
        days = (min(row["end_on"], end) - max(row["start_on"], start)).days + 1
        label = slow.people.get(row["member"]) if by else None
        found[label] += Fraction(row["amount"]) * days / ((row["end_on"] - row["start_on"]).days + 1)
    return found


def _coverage(slow: Slow, by: str | None, start: dt.date | None, end: dt.date | None) -> dict[Any, Record]:
    if start is None or end is None:
        today = slow.as_of.replace(tzinfo=dt.UTC).astimezone(slow.zone).date()
        start = dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        last = start.replace(day=28) + dt.timedelta(days=70)
        end = last.replace(day=1) - dt.timedelta(days=1)
    targets = _targets(slow, by, start, end)
    waiting, won = (slow.groups(list(facts), by, start, end) for facts in (_open(slow), trust.won(slow)))
    found = {}
    for label in {*targets, *waiting, *won}:
        facts, target = waiting.get(label, []), targets.get(label)
        booked = sum((fact["value_base"] or Decimal(0) for fact in won.get(label, [])), Decimal(0))
        real = sum((1 - fact["chance"]) * fact["amount"] for fact in facts)
        missing = None if target is None else target - Fraction(booked)
        found[label] = {
            "value": real / float(missing) if missing and missing > 0 else None, "n": len(facts), "booked": booked,
            "target": None if target is None else float(target), "missing": None if missing is None else float(missing),
            "open_value": float(sum(fact["amount"] for fact in facts)), "without_fluff": round(real, 2),
        }  # fmt: skip
    return found


METRICS = ("fluff_share", "coverage")


def answer(slow: Slow, metric: str, by: str | None = None, start: Any = None, end: Any = None) -> dict[Any, Record]:
    if metric == "coverage":
        return _coverage(slow, by, start, end)
    return {label: _share(facts) for label, facts in slow.groups(_open(slow), by, start, end).items()}
