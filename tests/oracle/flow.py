"""Flow and trust, slowly: loops over the deals of the relations as they stood, one at a time, from the definitions."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

Record = dict[str, Any]
DAY = dt.timedelta(days=1)
ENOUGH = 20
RELATIONS = ("deals", "visits", "passages", "touches", "activities", "pushes", "stages", "names", "targets")


class Slow:
    """The relations as of a moment, as lists; and questions about one deal at a time."""

    def __init__(self, tables: Any, as_of: dt.datetime, zone: str) -> None:
        self.as_of, self.zone = as_of, ZoneInfo(zone)
        rows = {name: tables.arrow(f"SELECT * FROM {name}").to_pylist() for name in RELATIONS}
        self.rows = rows
        self.deals = {row["deal"]: row for row in rows["deals"]}
        self.stages = {row["stage"]: row for row in rows["stages"]}
        self.people = {row["id"]: row["label"] for row in rows["names"] if row["kind"] == "owner"}

    def of(self, relation: str, deal: int) -> list[Record]:
        return [row for row in self.rows[relation] if row["deal"] == deal]

    def day(self, when: dt.datetime | None) -> dt.date | None:
        return when.replace(tzinfo=dt.UTC).astimezone(self.zone).date() if when else None

    def groups(self, facts: list[Record], by: str | None, start: Any, end: Any) -> dict[Any, list[Record]]:
        found: dict[Any, list[Record]] = {} if by else {None: []}
        for fact in facts:
            dated = fact["on"] is not None and (not start or fact["on"] >= start) and (not end or fact["on"] <= end)
            if dated or not (start or end):
                owner = fact.get("owner", self.deals[fact["deal"]]["owner"])
                found.setdefault(self.people.get(owner) if by else None, []).append(fact)
        return found

    # Open deals.

    def open(self) -> Iterator[Record]:
        stays, cycles = self._won_stays(), self._won_cycles()
        for deal, row in self.deals.items():
            if row["status"] == "open":
                entered = next((v["entered_at"] for v in self.of("visits", deal) if v["ended"] == "open"), None)
                touched = max((touch["touched_at"] for touch in self.of("touches", deal)), default=None)
                stage = self.stages.get(row["stage"])
                yield {
                    "deal": deal, "on": self.day(row["created_at"]), "amount": row["value_base"] or Decimal(0),
                    "idle": self._days(touched or entered or row["created_at"]),
                    "rot_days": stage and stage["rot_days"],
                    "in_stage": self._days(entered), "age": self._days(row["created_at"]),
                    "stays": stays[row["stage"]], "cycles": cycles[row["pipeline"]],
                    "planned": any(each["done_at"] is None for each in self.of("activities", deal)),
                }  # fmt: skip

    def _days(self, since: dt.datetime | None) -> float | None:
        return None if since is None else (self.as_of - since.replace(microsecond=0)) / DAY

    def _won_stays(self) -> dict[Any, list[float]]:
        found: dict[Any, list[float]] = defaultdict(list)
        for visit in self.rows["visits"]:
            won = self.deals.get(visit["deal"], {}).get("status") == "won"
            if won and visit["ended"] != "open" and visit["entered_at"] and visit["left_at"]:
                found[visit["stage"]].append(seconds(visit["entered_at"], visit["left_at"]) / 86400)
        return found

    def _won_cycles(self) -> dict[Any, list[float]]:
        found: dict[Any, list[float]] = defaultdict(list)
        for row in self.deals.values():
            if row["status"] == "won" and row["created_at"] and row["closed_at"]:
                found[row["pipeline"]].append(seconds(row["created_at"], row["closed_at"]) / 86400)
        return found

    # Passages with their time.

    def roads(self) -> Iterator[Record]:
        for passage in self.rows["passages"]:
            deal = passage["deal"]
            rank = self.stages[passage["stage"]]["rank"] if passage["stage"] in self.stages else None
            later = [
                other["entered_at"]
                for other in self.of("passages", deal)
                if rank and other["pipeline"] == passage["pipeline"] and self.stages[other["stage"]]["rank"] > rank
            ]
            visits = self.of("visits", deal)
            wins = [visit["left_at"] for visit in visits if visit["ended"] == "won" and visit["left_at"]]
            ends = [visit["left_at"] for visit in visits if visit["ended"] in ("lost", "parked") and visit["left_at"]]
            if passage["outcome"] == "failed":
                end = max(ends, default=None)
            else:
                end = min((at for at in (*later[:], *wins) if at), default=None)
            entered = passage["entered_at"]
            days = seconds(entered, end) / 86400 if entered and end else None
            yield {
                "deal": deal, "on": self.day(entered), "outcome": passage["outcome"], "entered": entered,
                "owner": passage["owner"], "stage": passage["stage"],
                "days": days if days is None or days >= 0 else None,
            }  # fmt: skip


def seconds(since: dt.datetime, until: dt.datetime) -> int:
    return round((until.replace(microsecond=0) - since.replace(microsecond=0)).total_seconds())


def limit(durations: list[float], share: float) -> float | None:
    """The least of them that this share of them does not exceed."""
    known = sorted(days for days in durations if days >= 0)
    return known[math.ceil(share * len(known) - 1e-9) - 1] if len(known) >= ENOUGH else None


def _beyond(days: float | None, durations: list[float], share: float) -> bool:
    most = limit(durations, share)
    return days is not None and most is not None and days > most


def _affected(met: Callable[[Record], bool], told: Callable[[Record], bool]) -> Callable[[Slow, list[Record]], Record]:
    def summary(_slow: Slow, facts: list[Record]) -> Record:
        some = [fact for fact in facts if told(fact)]
        bad = [fact for fact in some if met(fact)]
        return {
            "value": len(bad), "n": len(bad), "open": len(some), "untold": len(facts) - len(some),
            "share": len(bad) / len(some) if some else None, "worth": sum((f["amount"] for f in bad), Decimal(0)),
        }  # fmt: skip

    return summary


def _ages(key: str, durations: str) -> Callable[[Slow, list[Record]], Record]:
    def summary(_slow: Slow, facts: list[Record]) -> Record:
        known = [max(fact[key], 0.0) for fact in facts if fact[key] is not None]
        return {
            "value": statistics.median(known) if known else None, "n": len(known), "left_out": len(facts) - len(known),
            "older": sum(_beyond(fact[key], fact[durations], 0.5) for fact in facts),
            "oldest": sum(_beyond(fact[key], fact[durations], 0.95) for fact in facts),
        }  # fmt: skip

    return summary


def _projected(slow: Slow, facts: list[Record]) -> Record:
    watched = []
    for fact in facts:
        if fact["outcome"] == "pending" and fact["entered"] is not None:
            watched.append((max(Fraction(seconds(fact["entered"], slow.as_of), 86400), Fraction(0)), "pending"))
        elif fact["outcome"] != "pending" and fact["days"] is not None:
            watched.append((Fraction(round(fact["days"] * 86400), 86400), fact["outcome"]))
    survival, reached = Fraction(1), Fraction(0)
    for time in sorted({days for days, outcome in watched if outcome != "pending"}):
        at_risk = sum(days >= time for days, _ in watched)
        arrived = sum(each == (time, "advanced") for each in watched)
        failed = sum(each == (time, "failed") for each in watched)
        reached += survival * Fraction(arrived, at_risk)
        survival *= 1 - Fraction(arrived + failed, at_risk)
    outcomes = [outcome for _, outcome in watched]
    decided = len(outcomes) - outcomes.count("pending")
    closed = {fact["deal"] for fact in facts if slow.deals.get(fact["deal"], {}).get("status") in ("won", "lost")}
    of_none = {fact["deal"] for fact in facts if fact["stage"] is None} & closed
    known = decided and len(of_none) <= len(closed) / 20
    return {
        "value": float(reached) if known else None, "undecided": float(survival) if known else None,
        "n": len(watched), "numerator": outcomes.count("advanced"), "failed": outcomes.count("failed"),
        "pending": outcomes.count("pending"), "left_out": len(facts) - len(watched),
    }  # fmt: skip


def _pushes(slow: Slow) -> Iterator[Record]:
    for row in slow.rows["pushes"]:
        if row["deal"] in slow.deals:
            yield {"deal": row["deal"], "on": slow.day(row["pushed_at"]), "days": row["days"]}


def _pushing(_slow: Slow, facts: list[Record]) -> Record:
    later = [fact for fact in facts if fact["days"] > 0]
    return {
        "value": len(later), "n": len(later), "pushed_days": sum(fact["days"] for fact in later),
        "deals": len({fact["deal"] for fact in later}), "sooner": len([fact for fact in facts if fact["days"] < 0]),
    }  # fmt: skip


def _lives(slow: Slow) -> Iterator[Record]:
    for deal, row in slow.deals.items():
        if row["status"] in ("open", "won", "lost"):
            yield {"deal": deal, "on": slow.day(row["created_at"]), **row}


def _life(slow: Slow, facts: list[Record]) -> Record:
    watched = []
    for fact in facts:
        over = fact["status"] != "open"
        until = fact["closed_at"] if over else slow.as_of
        if fact["created_at"] and until and (not over or seconds(fact["created_at"], until) >= 0):
            watched.append((Fraction(max(seconds(fact["created_at"], until), 0), 86400), over))
    left, value = Fraction(1), None
    for time in sorted({days for days, over in watched if over}):
        left *= 1 - Fraction(watched.count((time, True)), sum(days >= time for days, _ in watched))
        if left <= Fraction(1, 2):
            value = float(time)
            break
    closed = sum(over for _, over in watched)
    return {
        "value": value, "n": len(watched), "closed": closed, "open": len(watched) - closed,
        "left_out": len(facts) - len(watched),
    }  # fmt: skip


_OPEN = Slow.open
METRICS: dict[str, tuple[Callable[[Slow], Any], Callable[[Slow, list[Record]], Record]]] = {
    "rotting": (
        _OPEN, _affected(lambda f: f["idle"] > f["rot_days"], lambda f: None not in (f["idle"], f["rot_days"])),
    ),
    "stalled": (
        _OPEN, _affected(
            lambda f: _beyond(f["in_stage"], f["stays"], 0.95),
            lambda f: f["in_stage"] is not None and limit(f["stays"], 0.95) is not None,
        ),
    ),
    "idle": (_OPEN, _affected(lambda f: f["idle"] > 30, lambda f: f["idle"] is not None)),
    "no_next_activity": (_OPEN, _affected(lambda f: not f["planned"], lambda f: True)),
    "age_in_stage": (_OPEN, _ages("in_stage", "stays")),
    "deal_age": (_OPEN, _ages("age", "cycles")),
    "projected_conversion": (Slow.roads, _projected),
    "time_to_decision": (_lives, _life),
    "pushes": (_pushes, _pushing),
}  # fmt: skip


def answer(slow: Slow, metric: str, by: str | None = None, start: Any = None, end: Any = None) -> dict[Any, Record]:
    facts, summary = METRICS[metric]
    return {label: summary(slow, group) for label, group in slow.groups(list(facts(slow)), by, start, end).items()}
