"""Every metric, slowly: a loop over deals, passages or visits, one group at a time."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from tests.oracle import visits as derived
from tests.oracle.states import State, history, moment

DAY = dt.timedelta(days=1)


class Company:
    """What the log says as of a moment, and how it is broken down and dated."""

    def __init__(self, rows: list[Any], until: dt.datetime, zone: str = "UTC") -> None:
        self.rows, self.until, self.zone = rows, until, ZoneInfo(zone)
        self.deals: dict[int, State] = {d: states[-1] for d, states in derived.deals(rows, until).items()}
        self.lines = defaultdict(lambda: defaultdict(Decimal))
        for states in history(rows, "deal_product", until).values():
            line = states[-1]
            price = Decimal(line.unit_price or 0) * Decimal(line.quantity)
            self.lines[line.deal_id][line.product_id] += price

    def name(self, entity: str, record: int | None) -> str | None:
        """What a record is called, were it older or not."""
        if record is None:
            return None
        states = history(self.rows, entity, dt.datetime.max)[record]
        known = [state for state in states if state.since <= self.until] or states[:1]
        return known[-1].name

    def day(self, when: dt.datetime | None) -> dt.date | None:
        return when.replace(tzinfo=dt.UTC).astimezone(self.zone).date() if when else None

    def labels(self, fact: dict[str, Any], dimension: str) -> list[tuple[str | None, Decimal]]:
        """Under which labels a fact counts, with the share of its value that is theirs."""
        deal, whole = fact["deal"], Decimal(1)
        state = self.deals[deal]
        if dimension in ("owner", "source", "stage", "pipeline"):
            entity = "user" if dimension == "owner" else dimension
            return [(self.name(entity, fact.get(dimension, state.values.get(f"{dimension}_id"))), whole)]
        if dimension == "team":
            owner = fact.get("owner", state.owner_id)
            team = None if owner is None else history(self.rows, "user", dt.datetime.max)[owner][-1].team_id
            return [(self.name("team", team), whole)]
        if dimension == "Size":
            option = (state.custom or {}).get("a" * 40)
            return [({1: "Small", 2: "Large"}.get(option), whole)]
        if dimension == "label":
            return [(self.name("label", label), whole) for label in state.label_ids or [None]]
        if dimension == "product":
            return self._products(deal)
        return [(_calendar(fact["on"], dimension), whole)]

    def _products(self, deal: int) -> list[tuple[str | None, Decimal]]:
        lines = self.lines.get(deal)
        if not lines:
            return [(None, Decimal(1))]
        total = sum(lines.values())
        return [
            (self.name("product", product), amount / total if total else Decimal(1) / len(lines))
            for product, amount in lines.items()
        ]


def _calendar(day: dt.date | None, dimension: str) -> str | None:
    if day is None:
        return None
    year, week, _ = day.isocalendar()
    return {
        "day": day.isoformat(),
        "week": f"{year}-W{week:02}",
        "month": day.isoformat()[:7],
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "year": str(day.year),
    }[dimension]


def facts(company: Company, metric: str) -> Iterable[dict[str, Any]]:
    """What the metric counts."""
    if metric in ("stage_conversion", "deal_leakage"):
        for p in derived.passages(company.rows, company.until):
            entry = {"owner": p.owner, "source": p.source, "stage": p.stage, "pipeline": p.pipeline}
            closed = company.deals[p.deal].status in ("won", "lost")
            yield {"deal": p.deal, "on": company.day(p.entered), "outcome": p.outcome, "closed": closed, **entry}
    elif metric == "time_in_stage":
        for v in derived.visits(company.rows, company.until):
            if v.stage is not None and v.ended != "open":
                days = (v.left - v.entered) / DAY if v.left and v.entered else None
                entry = {"owner": v.owner, "source": v.source, "stage": v.stage, "pipeline": v.pipeline}
                yield {"deal": v.deal, "on": company.day(v.left), "days": days, **entry}
    else:
        yield from _deals(company, metric)


def _deals(company: Company, metric: str) -> Iterable[dict[str, Any]]:
    dated_by_creation = metric in ("win_rate_cohort", "deals_added")
    wanted = {
        "win_rate": ("won", "lost"),
        "deal_size": ("won",),
        "deals_won": ("won",),
        "booked_revenue": ("won",),
        "time_to_close": ("won",),
        "open_value": ("open",),
    }.get(metric)
    for deal, state in company.deals.items():
        if wanted and state.status not in wanted:
            continue
        created, closed = moment(state.created_at), moment(state.closed_at)
        on = company.day(created if dated_by_creation else closed)
        if metric == "open_value":
            on = dt.date.fromisoformat(state.expected_close_on) if state.expected_close_on else None
        value = None if state.value_base is None else Decimal(state.value_base)
        days = (closed - created) / DAY if closed and created and closed >= created else None
        outcome = {"won": "advanced", "lost": "failed"}.get(state.status, "pending")
        yield {"deal": deal, "on": on, "value": value, "days": days, "outcome": outcome}


def answer(
    company: Company, metric: str, by: str | None = None, start: dt.date | None = None, end: dt.date | None = None
) -> dict[str | None, dict[str, Any]]:
    """Label to row."""
    groups: dict[str | None, list[tuple[dict[str, Any], Decimal]]] = defaultdict(list)
    if by is None:
        groups[None] = []
    for fact in facts(company, metric):
        dated = fact["on"] is not None and (not start or fact["on"] >= start) and (not end or fact["on"] <= end)
        if dated or not (start or end):
            for label, share in company.labels(fact, by) if by else [(None, Decimal(1))]:
                groups[label].append((fact, share))
    told = {label: _SUMMARIES[metric](group) for label, group in groups.items()}
    if metric == "stage_conversion":
        everything = [fact for group in groups.values() for fact, _ in group]
        for label, row in told.items():
            own = [fact for fact, _ in groups[label]]
            among = [fact for fact in everything if by == "stage" or fact in own]
            pipelines = {fact["pipeline"] for fact in own} | {None}
            row |= _unknown(row, [fact for fact in among if fact["pipeline"] in pipelines], by == "stage" and not label)
    return told


def _unknown(row: dict[str, Any], group: list[dict[str, Any]], not_recorded: bool) -> dict[str, Any]:
    """The conversion, or None where too many of the group's closed deals were never seen in a stage."""
    closed = {fact["deal"] for fact in group if fact["closed"]}
    unknown = {fact["deal"] for fact in group if fact["closed"] and fact["stage"] is None}
    known = not_recorded or len(unknown) <= len(closed) / 20
    return {"unknown": len(unknown), "value": row["value"] if known else None}


def _share(group: list[Any]) -> dict[str, Any]:
    outcomes = [fact["outcome"] for fact, _ in group]
    won, n = outcomes.count("advanced"), len(outcomes) - outcomes.count("pending")
    return {
        "value": won / n if n else None, "numerator": won, "denominator": n, "n": n,
        "pending": outcomes.count("pending"),
    }  # fmt: skip


def _size(group: list[Any]) -> dict[str, Any]:
    known = [float(fact["value"] * share) for fact, share in group if fact["value"] is not None]
    return {
        "value": statistics.fmean(known) if known else None,
        "median": statistics.median(known) if known else None,
        "n": len(known),
        "left_out": len(group) - len(known),
    }


def _time(group: list[Any]) -> dict[str, Any]:
    known = [fact["days"] for fact, _ in group if fact["days"] is not None]
    return {
        "value": statistics.median(known) if known else None,
        "mean": statistics.fmean(known) if known else None,
        "p80": float(np.quantile(known, 0.8)) if known else None,
        "n": len(known),
        "left_out": len(group) - len(known),
    }


def _sum(group: list[Any]) -> dict[str, Any]:
    known = [fact["value"] * share for fact, share in group if fact["value"] is not None]
    return {"value": sum(known, Decimal(0)), "n": len(group), "left_out": len(group) - len(known)}


def _leak(group: list[Any]) -> dict[str, Any]:
    """Deals, not passages: one that came to several stages is one, and ends at one of them."""
    of = {name: {fact["deal"] for fact, _ in group if fact["outcome"] == name} for name in ("failed", "pending")}
    n, ended = len({fact["deal"] for fact, _ in group}), len(of["failed"])
    return {
        "value": ended / n if n else None, "numerator": ended, "denominator": n, "n": n, "pending": len(of["pending"]),
    }  # fmt: skip


_SUMMARIES: dict[str, Callable[[list[Any]], dict[str, Any]]] = {
    "stage_conversion": _share,
    "deal_leakage": _leak,
    "win_rate": _share,
    "win_rate_cohort": _share,
    "deal_size": _size,
    "time_to_close": _time,
    "time_in_stage": _time,
    "deals_added": lambda group: {"value": len(group), "n": len(group)},
    "deals_won": lambda group: {"value": len(group), "n": len(group)},
    "open_value": _sum,
    "booked_revenue": _sum,
}

METRICS = tuple(_SUMMARIES)  # of deals and stages; other families have a file of their own
