"""Metrics of people and work, slowly: loops over the rows of a small company (tests/insights/people/company.py)."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)
Row = dict[str, Any]


class Slow:
    """The company's rows with the labels by which they are counted."""

    def __init__(self, rows: dict[str, list[Row]], zone: str, as_of: dt.datetime) -> None:
        self.rows, self.zone, self.as_of = rows, ZoneInfo(zone), as_of
        self.deals = {deal["deal"]: deal for deal in rows["deals"]}
        self.names = {(row["kind"], row["id"]): row["label"] for row in rows["names"]}
        self.teams = {row["member"]: row["team"] for row in rows["members"]}
        self.done = [row for row in rows["activities"] if row.get("done_at")]

    def day(self, moment: dt.datetime | None) -> dt.date | None:
        return moment.replace(tzinfo=dt.UTC).astimezone(self.zone).date() if moment else None

    def label(self, fact: Row, dimension: str) -> str | None:
        if dimension == "month":
            return fact["on"].isoformat()[:7] if fact["on"] else None
        if dimension == "team":
            return self.names.get(("team", self.teams.get(fact.get("owner"))))
        return self.names.get((dimension, fact.get(dimension)))


def _index(slow: Slow) -> Iterable[Row]:
    for deal in slow.deals.values():
        if deal["status"] in ("won", "lost"):
            yield {**deal, "on": slow.day(deal["closed_at"])}


def _done(slow: Slow) -> Iterable[Row]:
    for work in slow.done:
        deal = slow.deals.get(work["deal"], {})
        yield {**work, "source": deal.get("source"), "stage": deal.get("stage"), "on": slow.day(work["done_at"])}


def _added(slow: Slow) -> Iterable[Row]:
    for work in slow.rows["activities"]:
        deal = slow.deals.get(work["deal"], {})
        yield {**work, "source": deal.get("source"), "stage": deal.get("stage"), "on": slow.day(work["created_at"])}


def _talks(slow: Slow) -> Iterable[Row]:
    return (fact for fact in _done(slow) if fact.get("counts_as") == "conversation")


def _arrivals(slow: Slow) -> Iterable[Row]:
    for passage in slow.rows["passages"]:
        if passage["stage"] and not passage["skipped"]:
            yield {**passage, "on": slow.day(passage["entered_at"])}


def _efforts(slow: Slow) -> Iterable[Row]:
    for deal in slow.deals.values():
        if deal["status"] in ("won", "lost"):
            work = [each for each in slow.done if each["deal"] == deal["deal"]]
            yield {**deal, "on": slow.day(deal["closed_at"]), "work": work, "good": deal["status"] == "won"}


def _stays(slow: Slow) -> Iterable[Row]:
    for passage in slow.rows["passages"]:
        if passage["outcome"] in ("advanced", "failed"):
            there = [
                visit
                for visit in slow.rows["visits"]
                if (visit["deal"], visit["stage"]) == (passage["deal"], passage["stage"])
            ]
            work = [
                each
                for each in slow.done
                for visit in there
                if each["deal"] == passage["deal"]
                and visit["entered_at"] <= each["done_at"]
                and (visit["left_at"] is None or each["done_at"] < visit["left_at"])
            ]
            on = slow.day(passage["entered_at"])
            yield {**passage, "on": on, "work": work, "good": passage["outcome"] == "advanced"}


def _to_won(slow: Slow) -> Iterable[Row]:
    for passage in slow.rows["passages"]:
        yield {**passage, "status": slow.deals[passage["deal"]]["status"], "on": slow.day(passage["entered_at"])}


def _adds(slow: Slow) -> Iterable[Row]:
    held = {slow.day(each["done_at"]) for each in slow.done if _is_review(slow, each)}
    window = {day for review in held for day in _window(review)}
    for deal in slow.deals.values():
        on = slow.day(deal["created_at"])
        if on > slow.as_of.date() - 30 * DAY:
            continue
        touched = any(
            touch["deal"] == deal["deal"] and touch["touched_at"] > deal["created_at"] for touch in slow.rows["touches"]
        )
        went_on = any(
            passage["deal"] == deal["deal"] and passage["outcome"] == "advanced" for passage in slow.rows["passages"]
        )
        real = deal["status"] == "won" or (touched and went_on)
        yield {**deal, "on": on, "after": on in window, "real": real}


def _is_review(slow: Slow, activity: Row) -> bool:
    return slow.names[("activity_type", activity["activity_type"])].lower() == "pipeline review"


def _window(review: dt.date) -> list[dt.date]:
    days, day = [review], review
    while len(days) < 3:
        day += DAY
        if day.weekday() < 5:
            days.append(day)
    return days


def _index_of(facts: list[Row]) -> Row:
    won = [fact for fact in facts if fact["status"] == "won"]
    values = [float(fact["value_base"]) for fact in won if fact["value_base"] is not None]
    days = [(fact["closed_at"] - fact["created_at"]) / DAY for fact in won if fact["closed_at"] >= fact["created_at"]]
    value = None
    if values and days and statistics.fmean(days):
        value = len(facts) * statistics.fmean(values) * (len(won) / len(facts)) / statistics.fmean(days)
    return {"value": value, "n": len(facts), "won": len(won)}


def _effort_of(facts: list[Row]) -> Row:
    wins = sum(fact["good"] for fact in facts)
    done = sum(len(fact["work"]) for fact in facts)
    return {"value": done / wins if wins else None, "numerator": done, "denominator": wins, "n": len(facts)}


def _lost_time(facts: list[Row]) -> Row:
    known = [(fact, each["minutes"]) for fact in facts for each in fact["work"] if each.get("minutes") is not None]
    lost, whole = sum(m for fact, m in known if not fact["good"]), sum(m for _fact, m in known)
    return {"value": lost / whole if whole else None, "n": len({fact["deal"] for fact, _m in known})}


def _share_of(facts: list[Row]) -> Row:
    won = sum(fact["status"] == "won" for fact in facts)
    n = won + sum(fact["status"] in ("lost", "nurture") for fact in facts)
    return {"value": won / n if n else None, "n": n, "pending": len(facts) - n}


def _growth_of(facts: list[Row]) -> Row:
    after, other = ([fact for fact in facts if fact["after"] == side] for side in (True, False))
    shares = [sum(fact["real"] for fact in side) / len(side) if side else None for side in (after, other)]
    return {"value": shares[0], "n": len(after), "other": shares[1], "other_n": len(other)}


def _reviews(slow: Slow) -> Iterable[Row]:
    return (fact for fact in _done(slow) if _is_review(slow, fact))


Found = tuple[Callable[[Slow], Iterable[Row]], Callable[[list[Row]], Row]]
METRICS: dict[str, Found] = {
    "index": (_index, _index_of),
    "activities_done": (_done, lambda facts: {"value": len(facts), "n": len(facts)}),
    "activities_added": (_added, lambda facts: {"value": len(facts), "n": len(facts)}),
    "conversations": (_talks, lambda facts: {"value": len(facts), "n": len(facts)}),
    "stage_entries": (_arrivals, lambda facts: {"value": len(facts), "n": len(facts)}),
    "reviews_held": (_reviews, lambda facts: {"value": len(facts), "n": len(facts)}),
    "activity_minutes": (_done, lambda facts: {"value": sum(fact.get("minutes") or 0 for fact in facts)}),
    "activities_per_win": (_efforts, _effort_of),
    "activities_per_passage": (_stays, _effort_of),
    "time_on_lost": (_efforts, _lost_time),
    "stage_to_won": (_to_won, _share_of),
    "review_growth": (_adds, _growth_of),
}


def answer(slow: Slow, metric: str, by: str | None, start: dt.date | None, end: dt.date | None) -> dict[Any, Row]:
    """Label to row."""
    facts_of, summed = METRICS[metric]
    groups: dict[Any, list[Row]] = defaultdict(list)
    if by is None:
        groups[None] = []
    for fact in facts_of(slow):
        if (start is None and end is None) or (fact["on"] and start <= fact["on"] <= end):
            groups[slow.label(fact, by) if by else None].append(fact)
    return {label: summed(facts) for label, facts in groups.items()}


def effort_by_type(slow: Slow, metric: str) -> dict[Any, Row]:
    """Activities per success by type: all cases stand behind every type of which there was one."""
    cases = list(METRICS[metric][0](slow))
    types = {each["activity_type"] for case in cases for each in case["work"]}
    return {
        slow.names["activity_type", kind]: _effort_of(
            [{**case, "work": [each for each in case["work"] if each["activity_type"] == kind]} for case in cases]
        )
        for kind in types
    }
