"""Conversions of people as if all had been given the same cases."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import special

from leadline.insights.metrics.kind import Kind
from leadline.insights.metrics.proportion import COLUMNS, PARTS
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.metrics.unrecorded import PIPELINES, unplaced
from leadline.insights.numbers.case_mix import Adjusted, Cells, Codes, adjusted
from leadline.insights.numbers.proportions import Floats, jeffreys
from leadline.insights.numbers.ratios import Z
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.numbers.shrinkage import told_apart
from leadline.insights.question import Question

FACTORS = ("source", "revenue_type", "step", "band")
KNOWN_ENOUGH = 0.9  # of the won and of the lost: a size that only winners have would tell the outcome, not the case


def adjusted_share(tables: Tables, question: Question) -> list[Row]:
    """Rows with value (adjusted), low, high, raw, numerator, denominator (= n), pending, p_below, flag, adjusted_for.

    Adjusted for the source, the revenue type, the stage and the size band of the cases: what the person would convert
    of everybody's cases together (`numbers.case_mix`). Without anybody to compare it is the raw share.
    """
    placed = question.metric.facts == "passage_cases"
    columns = (
        "coalesce(sum(success), 0)::BIGINT AS k, coalesce(sum(success + failure), 0)::BIGINT AS n, "
        "coalesce(sum(pending), 0)::BIGINT AS pending" + (f", {PIPELINES}" if placed else "")
    )
    groups = grouped(tables, question, selection(question), columns)
    rows = labelled(question, groups)
    missing = unplaced(tables, question, rows, groups) if placed else [(0, False)] * len(rows)
    k, n = floats(groups, "k"), floats(groups, "n")
    low, high = jeffreys(k, n)
    for i, row in enumerate(rows):
        raw = float(k[i] / n[i]) if n[i] and not missing[i][1] else None
        ends = (shown(low[i]), shown(high[i])) if raw is not None else (None, None)
        row |= {
            "value": raw, "low": ends[0], "high": ends[1], "raw": raw, "numerator": int(k[i]),
            "denominator": int(n[i]), "n": int(n[i]), "pending": groups.column("pending")[i].as_py(),
        }  # fmt: skip
    _adjust(tables, question, rows)
    return rows


def _adjust(tables: Tables, question: Question, rows: list[Row]) -> None:
    """Among the members of the first compared dimension that agree in every other, each contest with its own model."""
    rival = next((dimension.name for dimension in question.by if dimension.compared), None)
    if rival is None:
        return
    names = [dimension.name for dimension in question.by]
    cells = _cells(tables, question)
    contests: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        contests[tuple(row[name] for name in names if name != rival)].append(place)
    for others, places in contests.items():
        own = [cell for cell in cells if tuple(cell[name] for name in names if name != rival) == others]
        _contest([rows[place] for place in places], own, rival)
    known = [row for row in rows if row["value"] is not None and row["n"]]
    for row, flag in zip(known, told_apart(np.array([row["p_below"] for row in known])), strict=True):
        row["flag"] = flag


def _cells(tables: Tables, question: Question) -> list[dict[str, Any]]:
    """Cases that are decided, by the labels of the rows and the factors."""
    chosen = selection(question, extra="success + failure = 1")
    labels = [f"d{n}" for n in range(len(question.by))]
    keys = ", ".join([*labels, *FACTORS])
    found: pa.Table = tables.arrow(
        f"SELECT {keys}, sum(success)::DOUBLE AS k, count(*)::DOUBLE AS n FROM ({chosen.sql}) GROUP BY {keys} "
        f"ORDER BY {keys}",
        chosen.values,
    )
    return found.rename_columns([*(d.name for d in question.by), *(f"of {f}" for f in FACTORS), "k", "n"]).to_pylist()


def _contest(rows: list[Row], cells: list[dict[str, Any]], rival: str) -> None:
    for row in rows:
        row |= {"p_below": None, "flag": None, "adjusted_for": ""}
    told = [row for row in rows if row["value"] is not None]
    people = {row[rival]: place for place, row in enumerate(told)}
    own = [cell for cell in cells if cell[rival] in people]
    if not own:
        return
    k, n = (np.array([cell[name] for cell in own]) for name in "kn")
    factors, names = _factors(own, k, n)
    person = np.array([people[cell[rival]] for cell in own], dtype=np.int64)
    if len(told) > 1 and 0 < k.sum() < n.sum():
        _fill(told, adjusted(Cells(factors, person, k, n), len(told)), names)
    else:
        for row in told:
            row |= {"p_below": 0.5, "adjusted_for": names}


def _factors(cells: list[dict[str, Any]], k: Floats, n: Floats) -> tuple[tuple[Codes, ...], str]:
    """The levels of each factor that varies and is known well enough, and the names of those factors."""
    found, names = [], []
    for factor in FACTORS:
        values = [cell[f"of {factor}"] for cell in cells]
        known = np.array([value is not None for value in values])
        if factor == "band" and min(_share(known, k), _share(known, n - k)) < KNOWN_ENOUGH:
            continue
        levels = {value: code for code, value in enumerate(dict.fromkeys(values))}
        if len(levels) > 1:
            found.append(np.array([levels[value] for value in values], dtype=np.int64))
            names.append({"step": "stage", "band": "size", "revenue_type": "revenue type"}.get(factor, factor))
    return tuple(found), ", ".join(names)


def _share(known: Any, weight: Floats) -> float:
    return float(weight[known].sum() / weight.sum()) if weight.sum() else 1.0


def _fill(rows: list[Row], found: Adjusted, names: str) -> None:
    middle = special.logit(np.clip(found.value, 1e-9, 1 - 1e-9))
    low, high = (special.expit(middle + side * Z * found.deviation) for side in (-1, 1))
    for i, row in enumerate(rows):
        row |= {
            "value": float(found.value[i]), "low": float(low[i]), "high": float(high[i]),
            "p_below": float(found.below[i]), "adjusted_for": names,
        }  # fmt: skip


KINDS = {"adjusted": Kind(adjusted_share, PARTS, COLUMNS)}
