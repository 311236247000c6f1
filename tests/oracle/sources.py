"""What each source is worth and where it loses, slowly."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.oracle.leads import DAY, Fact, Slow, added, share
from tests.strategies.streams import Record


def _first_conversation(slow: Slow, deal: Record) -> tuple[Any, bool]:
    leads = [lead for lead in slow.company.leads if lead["deal"] == deal["deal"]]
    ids = {lead["lead"] for lead in leads}
    touches = [
        touch["touched_at"]
        for touch in slow.company.touches
        if (touch["deal"] == deal["deal"] or touch["lead"] in ids)
        and deal["closed_at"]
        and touch["touched_at"] < deal["closed_at"]
    ]
    if touches:
        return min(touches), True
    created = [lead["created_at"] for lead in leads if lead["created_at"]]
    return (min(created) if created else deal["created_at"]), False


def lag(slow: Slow) -> Iterable[Fact]:
    for deal in slow.company.deals:
        if deal["status"] == "won":
            begun, touched = _first_conversation(slow, deal)
            closed = deal["closed_at"]
            days = (closed - begun) / DAY if begun and closed and begun <= closed else None
            yield {"of": deal, "on": slow.day(closed), "days": days, "touched": touched}


def deals_followed_up(slow: Slow) -> Iterable[Fact]:
    for deal in slow.company.deals:
        created = deal["created_at"]
        ids = {lead["lead"] for lead in slow.company.leads if lead["deal"] == deal["deal"]}
        at = [t["touched_at"] for t in slow.company.touches if t["deal"] == deal["deal"] or t["lead"] in ids]
        fate = None
        if created is not None:
            old = created <= slow.as_of - 7 * DAY
            touched = bool(at) and min(at) <= created + 7 * DAY
            fate = "pending" if not old else "failed" if touched else "numerator"
        yield {"of": deal, "on": slow.day(created), "fate": fate}


def customers(slow: Slow) -> Iterable[Fact]:
    bought = defaultdict(list)
    for deal in slow.company.deals:
        customer = ("o", deal["organization"]) if deal["organization"] else ("p", deal["person"])
        if customer[1]:
            bought[customer].append(deal)
    for deals in bought.values():
        won = [deal for deal in deals if deal["status"] == "won"]
        if won:
            first = min(
                won, key=lambda deal: (deal["closed_at"] is None, deal["closed_at"] or slow.as_of, deal["deal"])
            )
            known = [deal["value_base"] for deal in won if deal["value_base"] is not None]
            renewals = [d for d in deals if d["revenue_type"] == "renewal" and d["status"] in ("won", "lost")]
            worth = sum(known) if known else None
            yield {"of": first, "on": slow.day(first["closed_at"]), "worth": worth, "renewals": len(renewals)}


def time(group: list[Fact]) -> Record:
    days = [fact["days"] for fact in group if fact["days"] is not None]
    return {
        "value": statistics.median(days) if days else None,
        "mean": statistics.fmean(days) if days else None,
        "n": len(days),
        "left_out": len(group) - len(days),
        "from_creation": sum(fact["days"] is not None and not fact["touched"] for fact in group),
    }


def lifetime(group: list[Fact]) -> Record:
    known = [float(fact["worth"]) for fact in group if fact["worth"] is not None]
    return {
        "value": statistics.fmean(known) if known else None,
        "n": len(known),
        "left_out": len(group) - len(known),
        "renewals": sum(fact["renewals"] for fact in group),
    }


def effective(group: list[Fact]) -> Record:
    counts: dict[int, int] = defaultdict(int)
    for fact in group:
        if fact["of"]["source"]:
            counts[fact["of"]["source"]] += 1
    n = sum(counts.values())
    value = 1 / sum((k / n) ** 2 for k in counts.values()) if n else None
    return {"value": value, "n": n, "sources": len(counts), "left_out": len(group) - n}


FACTS = {
    "lag": lag,
    "deals_untouched": deals_followed_up,
    "lifetime_value": customers,
    "effective_sources": added,
}
SUMMARIES = {"lag": time, "deals_untouched": share, "lifetime_value": lifetime, "effective_sources": effective}
