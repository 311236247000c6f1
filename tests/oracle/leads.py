"""Leads, slowly: a loop over leads, one at a time, from the definitions."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from tests.strategies.streams import PEOPLE, SOURCES, Company, Record

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
Fact = dict[str, Any]


class Slow:
    """A company as of a moment, with its days in a zone."""

    def __init__(self, company: Company, as_of: dt.datetime, zone: str) -> None:
        self.company, self.as_of, self.zone = company, as_of, ZoneInfo(zone)
        self.deals = {deal["deal"]: deal for deal in company.deals}

    def day(self, when: dt.datetime | None) -> dt.date | None:
        return when.replace(tzinfo=dt.UTC).astimezone(self.zone).date() if when else None

    def deal(self, lead: Record) -> Record | None:
        return self.deals.get(lead["deal"])

    def reached(self, lead: Record, *steps: str) -> dt.datetime | None:
        """When the lead came to the first of these steps, or to one behind it."""
        return min((lead[step] for step in steps if lead[step]), default=None)

    def ended(self, lead: Record) -> bool:
        return lead["status"] in ("discarded", "nurture") and lead["deal"] is None

    def touches(self, lead: Record) -> list[Record]:
        deal = lead["deal"]
        return [
            touch
            for touch in self.company.touches
            if touch["lead"] == lead["lead"] or (deal is not None and touch["deal"] == deal)
        ]

    def answer(
        self, family: Any, metric: str, by: str | None = None, start: dt.date | None = None, end: dt.date | None = None
    ) -> dict[str | None, Record]:
        """Label to row. `family` is a module with FACTS and SUMMARIES."""
        groups: dict[str | None, list[Fact]] = defaultdict(list)
        if by is None:
            groups[None] = []
        for fact in family.FACTS[metric](self):
            on = fact["on"]
            if not (start or end) or (on and (not start or on >= start) and (not end or on <= end)):
                groups[self.label(fact, by)].append(fact)
        return {label: family.SUMMARIES[metric](group) for label, group in groups.items()}

    def label(self, fact: Fact, by: str | None) -> str | None:
        if by == "month":
            return fact["on"].isoformat()[:7] if fact["on"] else None
        if by == "lead_stage":
            return fact["step"]
        names = {"source": SOURCES, "owner": PEOPLE}.get(by or "", {})
        return names.get(fact["of"].get(by))


def _fate(success: bool, failure: bool) -> str:
    return "numerator" if success else "failed" if failure else "pending"


def added(slow: Slow) -> Iterable[Fact]:
    for lead in slow.company.leads:
        yield {"id": lead["lead"], "of": lead, "on": slow.day(lead["created_at"])}


def accepted(slow: Slow) -> Iterable[Fact]:
    for lead in slow.company.leads:
        if lead["sal_at"]:
            deal = slow.deal(lead)
            value = deal["value_base"] if deal and deal["value_base"] is not None else lead["value_base"]
            yield {"id": lead["lead"], "of": lead, "on": slow.day(lead["sal_at"]), "value": value}


def step(*came: str) -> Callable[[Slow], Iterable[Fact]]:
    def facts(slow: Slow) -> Iterable[Fact]:
        for lead in slow.company.leads:
            at = slow.reached(lead, *came)
            if at:
                fate = _fate(bool(slow.reached(lead, *came[1:])), slow.ended(lead))
                yield {
                    "id": lead["lead"],
                    "of": lead,
                    "on": slow.day(at),
                    "fate": fate,
                    "jumped": lead[came[0]] in (None, slow.reached(lead, *came[1:])),
                }

    return facts


def to_opportunity(slow: Slow) -> Iterable[Fact]:
    for fact in added(slow):
        yield {**fact, "fate": _fate(bool(fact["of"]["sal_at"]), slow.ended(fact["of"]))}


def _sold(slow: Slow, lead: Record) -> str | None:
    deal = slow.deal(lead)
    if lead["deal"] is not None and deal is None:
        return None
    status = deal["status"] if deal else None
    return _fate(status == "won", slow.ended(lead) or status in ("lost", "nurture"))


def to_won(slow: Slow) -> Iterable[Fact]:
    for fact in added(slow):
        if (fate := _sold(slow, fact["of"])) is not None:
            yield {**fact, "fate": fate}


def sal_to_won(slow: Slow) -> Iterable[Fact]:
    for fact in accepted(slow):
        if (fate := _sold(slow, fact["of"])) is not None:
            yield {**fact, "fate": fate}


def leaks(slow: Slow) -> Iterable[Fact]:
    for lead in slow.company.leads:
        path = [
            ("Lead: Target", lead["created_at"]),
            ("Lead: MQL", slow.reached(lead, "mql_at", "sql_at", "sal_at")),
            ("Lead: SQL", slow.reached(lead, "sql_at", "sal_at")),
            ("SAL", lead["sal_at"]),
        ]
        for (name, at), (_next, later) in pairwise(path):
            if at or name == "Lead: Target":
                fate = _fate(bool(later), slow.ended(lead))
                yield {"id": lead["lead"], "of": lead, "on": slow.day(at), "fate": fate, "step": name}


def followed_up(slow: Slow) -> Iterable[Fact]:
    for fact in added(slow):
        lead = fact["of"]
        created = lead["created_at"]
        touched = any(touch["touched_at"] <= created + 7 * DAY for touch in slow.touches(lead)) if created else False
        old = created is not None and created <= slow.as_of - 7 * DAY
        if created is not None:
            yield {**fact, "fate": _fate(old and not touched, old)}
        else:
            yield {**fact, "fate": None}


def worked(slow: Slow) -> Iterable[Fact]:
    for lead in slow.company.leads:
        touches = slow.touches(lead)
        if touches:
            first = min(touch["touched_at"] for touch in touches)
            who = [touch["actor"] for touch in touches if touch["touched_at"] == first and touch["actor"]]
            of = {**lead, "owner": min(who, default=None)}
            yield {"id": lead["lead"], "of": of, "on": slow.day(first)}


def answers(slow: Slow) -> Iterable[Fact]:
    for lead in slow.company.leads:
        since = lead["handed_at"] or lead["created_at"]
        if since is None:
            continue
        own = [t["touched_at"] for t in slow.touches(lead) if lead["owner"] and t["actor"] == lead["owner"]]
        after = [at for at in own if at >= since]
        yield {
            "id": lead["lead"],
            "of": lead,
            "on": slow.day(since),
            "hours": (min(after) - since) / HOUR if after else None,
            "waited": (slow.as_of - since) / HOUR,
        }


def share(group: list[Fact]) -> Record:
    counts = {fate: sum(fact["fate"] == fate for fact in group) for fate in ("numerator", "failed", "pending")}
    k, n = counts["numerator"], counts["numerator"] + counts["failed"]
    unknown = not n or (k > 0 and k == n and counts["pending"] > k)
    return {"numerator": k, "n": n, "pending": counts["pending"], "value": None if unknown else k / n}


def traced(group: list[Fact]) -> Record:
    told = share(group)
    return {**told, "value": told["numerator"] / told["n"] if told["n"] else None}


def share_so_far(group: list[Fact]) -> Record:
    return {**share(group), "so_far": share(group)["numerator"] / len(group) if group else None}


def leak(group: list[Fact]) -> Record:
    entered = len({fact["id"] for fact in group})
    k = sum(fact["fate"] == "failed" for fact in group)
    waiting = {fact["id"] for fact in group if fact["fate"] == "pending"}
    unknown = not entered or (not k and len(waiting) < entered < 2 * len(waiting))
    return {"numerator": k, "n": entered, "pending": len(waiting), "value": None if unknown else k / entered}


def response(group: list[Fact]) -> Record:
    hours = [fact["hours"] for fact in group if fact["hours"] is not None]
    told: Record = {
        "value": statistics.median(hours) if hours else None,
        "n": len(hours),
        "p90": float(np.quantile(hours, 0.9)) if hours else None,
        "unanswered": len(group) - len(hours),
    }
    for name, limit in (("within_5_minutes", 5 / 60), ("within_1_hour", 1), ("within_1_day", 24)):
        old = [fact for fact in group if fact["waited"] >= limit - 1e-9]
        within = [fact for fact in old if fact["hours"] is not None and fact["hours"] <= limit + 1e-9]
        told[name] = len(within) / len(old) if old else None
    return told


def money(group: list[Fact]) -> Record:
    known = [fact["value"] for fact in group if fact["value"] is not None]
    return {"value": sum(known), "n": len(group), "left_out": len(group) - len(known)}


def number(group: list[Fact]) -> Record:
    return {"value": len(group), "n": len(group)}


FACTS: dict[str, Callable[[Slow], Iterable[Fact]]] = {
    "leads_added": added,
    "leads_worked": worked,
    "mql": step("mql_at", "sql_at", "sal_at"),
    "sql": step("sql_at", "sal_at"),
    "sal": accepted,
    "sal_value": accepted,
    "lead_to_opportunity": to_opportunity,
    "mql_to_sql": step("mql_at", "sql_at", "sal_at"),
    "sql_to_sal": step("sql_at", "sal_at"),
    "sal_to_won": sal_to_won,
    "lead_to_won": to_won,
    "lead_leakage": leaks,
    "lead_step_conversion": leaks,
    "leads_untouched": followed_up,
    "response_time": answers,
}
SUMMARIES: dict[str, Callable[[list[Fact]], Record]] = {
    "leads_added": number,
    "leads_worked": number,
    "mql": number,
    "sql": number,
    "sal": number,
    "sal_value": money,
    "lead_to_opportunity": share_so_far,
    "mql_to_sql": lambda group: {**share_so_far(group), "skipped": sum(fact["jumped"] for fact in group)},
    "sql_to_sal": share_so_far,
    "sal_to_won": share_so_far,
    "lead_to_won": share_so_far,
    "lead_leakage": leak,
    "lead_step_conversion": share,
    "leads_untouched": traced,
    "response_time": response,
}
