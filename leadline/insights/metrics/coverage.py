"""How far what is open covers what is still missing of a target."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from leadline.insights import catalogue
from leadline.insights.metrics.fluff import judged, open_patterns
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, selection
from leadline.insights.metrics.total import total
from leadline.insights.numbers.proportions import COVER
from leadline.insights.periods import Calendar, containing
from leadline.insights.question import Question


def coverage(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = open value expected to close in the period, without fluff / (target - booked); n open deals.

    low and high (90 %) come from what is not sure of fluff. None without a target, and where it is reached. Beside it
    `target`, `booked`, `missing`, `open_value` as it stands, `without_fluff`. Without a period: the quarter under way.
    A target that lasts longer than the period counts by its days in it. By owner each has their own target, by team
    each team; for the whole it is the company's, where there is none the sum of the teams', else of the people's. Who
    does not see all deals of those whose target it is has none.
    """
    dated = within(question)
    targets, booked = _targets(tables, dated), _booked(tables, dated)
    judge = judged(tables, dated)
    found = {tuple(row.values()): patterns for row, patterns in open_patterns(tables, dated)}
    rows = []
    for label in _labels(dated, {*targets, *booked, *found}):
        row = dict(zip((dimension.name for dimension in dated.by), label, strict=True))
        patterns = found.get(label, [])
        signs = judge.signs(patterns)
        amounts = np.array([float(pattern["amount"] or 0) for pattern in patterns])
        real = float((1 - judge.model.chance(signs)) @ amounts)
        drawn = (1 - judge.model.drawn(signs)) @ amounts
        sure = np.quantile(drawn, [(1 - COVER) / 2, (1 + COVER) / 2]) if judge.model.cases and patterns else None
        row |= {"n": sum(pattern["n"] for pattern in patterns), "open_value": Decimal(str(round(amounts.sum(), 2)))}
        rows.append(row | _row(targets.get(label), booked.get(label, Decimal(0)), real, sure))
    return rows


def _row(target: Decimal | None, booked: Decimal, real: float, sure: Any) -> Row:
    missing = None if target is None else target - booked
    known = missing is not None and missing > 0
    short = float(missing or 1)
    return {
        "value": real / short if known else None,
        "low": min(float(sure[0]), real) / short if known and sure is not None else None,
        "high": max(float(sure[1]), real) / short if known and sure is not None else None,
        "target": target,
        "booked": booked,
        "missing": missing,
        "without_fluff": Decimal(str(round(real, 2))),
    }


def within(question: Question) -> Question:
    """The question with its period; what it lacks of one comes from the fiscal quarter of its moment."""
    today = question.as_of.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(question.zone)).date()
    around = question.start or question.end or today
    quarter = containing("fiscal_quarter", around, Calendar(fiscal_start=question.fiscal_start))
    return replace(question, start=question.start or quarter.start, end=question.end or quarter.end)


def _labels(question: Question, seen: set[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if not question.by:
        return [()]
    return sorted(seen, key=lambda label: tuple((part is None, str(part).lower(), str(part)) for part in label))


def _booked(tables: Tables, question: Question) -> dict[tuple[Any, ...], Decimal]:
    names = [dimension.name for dimension in question.by]
    rows = total(tables, replace(question, metric=catalogue.find("booked_revenue")))
    return {tuple(row[name] for name in names): row["value"] for row in rows}


def _targets(tables: Tables, question: Question) -> dict[tuple[Any, ...], Decimal]:
    """Label to the target's part in the period; of people or teams where the question is by them, or about one."""
    asked = [dimension.name for dimension in question.by]
    only = {dimension.name: label for dimension, label in question.where}
    parts = [row for row in _overlapping(tables, question) if all(row[name] == label for name, label in only.items())]
    # Who is shown some of the targets would take their sum for the whole's.
    sums = [{"team"}, {"owner"}] if question.targets is None else []
    levels = [{*asked, *only}] if asked or only else [set[str](), *sums]
    for level in levels:
        chosen = [row for row in parts if {name for name in ("owner", "team") if row[name] is not None} == level]
        if chosen:
            found: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
            for row in chosen:
                found[tuple(row[name] for name in asked)] += row["part"]
            return dict(found)
    return {}


def _overlapping(tables: Tables, question: Question) -> list[Row]:
    """Targets of booked revenue that the period touches, each with its part; without a pipeline those of the whole.

    Where nobody has set one for the whole, those of the pipelines are taken together.
    """
    assert question.start
    assert question.end
    mine = "" if question.targets is None else "AND t.target IN (SELECT unnest(?::BIGINT[]))"
    held = () if question.targets is None else (list(question.targets),)
    rows = tables.arrow(
        "SELECT o.label AS owner, g.label AS team, t.pipeline, t.start_on, t.end_on, t.amount FROM targets t "
        "LEFT JOIN names o ON o.kind = 'owner' AND o.id = t.member "
        "LEFT JOIN names g ON g.kind = 'team' AND g.id = t.team "
        f"WHERE t.metric = 'booked_revenue' AND t.start_on <= ? AND t.end_on >= ? {mine}",
        (question.end, question.start, *held),
    ).to_pylist()
    own = [row for row in rows if row["pipeline"] == question.pipeline]
    chosen: list[Row] = own or (rows if question.pipeline is None else [])
    for row in chosen:
        days = (min(row["end_on"], question.end) - max(row["start_on"], question.start)).days + 1
        row["part"] = row["amount"] * days / ((row["end_on"] - row["start_on"]).days + 1)
    return chosen


def _behind(tables: Tables, question: Question, part: str) -> list[int] | None:
    """The open deals that are expected to close in the period, also where it is the quarter under way."""
    chosen = selection(within(question), extra="open = 1")
    found = tables.arrow(f"SELECT DISTINCT deal FROM ({chosen.sql}) ORDER BY deal", chosen.values)
    return [row["deal"] for row in found.to_pylist()]


KINDS = {
    "coverage": Kind(
        coverage,
        {"": "open = 1"},
        (
            Column("target", "money"),
            Column("booked", "money"),
            Column("missing", "money"),
            Column("open_value", "money", ""),
            Column("without_fluff", "money"),
        ),
        behind=_behind,
    )
}
