"""What comes from where: shares of all, and how many sources there are in effect (R21)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import special

from leadline.insights.dimensions import Dimension
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.leads import columns
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers.proportions import COVER, jeffreys
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question

SOURCE = Dimension("source")


def share_of_leads(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = share of the leads of the same period, team …; numerator, denominator, n, low, high (Jeffreys).

    The whole is what agrees in all dimensions but the first compared one (source, owner …), whatever `where` says.
    """
    groups = grouped(tables, question, selection(question), "count(*) AS k")
    rows = labelled(question, groups)
    wholes = _wholes(tables, question, "count(*)")
    k = floats(groups, "k")
    n = np.array([float(wholes[_others(question, row)]) for row in rows])
    low, high = jeffreys(k, n)
    for i, row in enumerate(rows):
        row |= {
            "value": float(k[i] / n[i]) if n[i] else None,
            "numerator": int(k[i]),
            "denominator": int(n[i]),
            "n": int(n[i]),
            "low": shown(low[i]),
            "high": shown(high[i]),
        }
    return rows


def share_of_value(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = share of the money, `amount` (Decimal), n deals, left_out of them without an amount."""
    summed = "coalesce(sum(amount), 0)"
    known = "count(amount) AS n, count(*) - count(amount) AS left_out"
    groups = grouped(tables, question, selection(question), f"{summed} AS amount, {known}")
    rows = labelled(question, groups)
    wholes = _wholes(tables, question, summed)
    for row, found in zip(rows, groups.to_pylist(), strict=True):
        whole = wholes[_others(question, row)]
        row |= {
            "value": float(found["amount"] / whole) if whole else None,
            "n": found["n"],
            "low": None,
            "high": None,
            "amount": found["amount"],
            "left_out": found["left_out"],
        }
    return rows


def effective_number(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = 1 / sum(share^2) over the sources of leads, low, high, n leads, sources, top, top_share.

    Four sources of equal size are 4; one that brings nearly everything makes it nearly 1 (Hill 1973, order 2; the
    interval by the delta method). Leads without a source are left out and counted in `left_out`.
    """
    inner = replace(question, by=(*question.by, SOURCE))
    mine: dict[tuple[object, ...], dict[str | None, int]] = defaultdict(dict)
    if not question.by:
        mine[()] = {}
    source = f"d{len(question.by)}"
    found = grouped(tables, inner, selection(inner), "count(*) AS k")
    for told in found.to_pylist():
        mine[tuple(told[f"d{n}"] for n in range(len(question.by)))][told[source]] = told["k"]
    names = [dimension.name for dimension in question.by]
    return [{**dict(zip(names, labels, strict=True)), **_effective(counts)} for labels, counts in mine.items()]


def _effective(counts: dict[str | None, int]) -> Row:
    known = {name: k for name, k in counts.items() if name is not None}
    n = sum(known.values())
    left_out = counts.get(None, 0)
    if not n:
        nothing = dict.fromkeys(("value", "low", "high", "top", "top_share"))
        return {**nothing, "n": 0, "sources": 0, "left_out": left_out}
    p = np.array([k / n for k in known.values()])
    simpson = float((p**2).sum())
    # The variance of sum(p^2) of a multinomial sample, to the first order.
    error = 2 * np.sqrt(max(float((p**3).sum()) - simpson**2, 0.0) / n)
    reach = float(special.ndtri((1 + COVER) / 2)) * error
    top = min(known, key=lambda name: (-known[name], name))
    return {
        "value": 1 / simpson,
        "low": max(1 / (simpson + reach), 1.0),
        "high": min(1 / (simpson - reach), float(len(known))) if simpson > reach else float(len(known)),
        "n": n,
        "sources": len(known),
        "top": top,
        "top_share": known[top] / n,
        "left_out": left_out,
    }


def _behind_share(tables: Tables, question: Question, part: str) -> list[int] | None:
    """Of n and the denominator the leads of all sources; else what the condition says."""
    if part == "numerator":
        return None
    chosen = selection(_of_all(question))
    rows = question.metric.rows
    found = tables.arrow(f"SELECT DISTINCT {rows} AS record FROM ({chosen.sql}) ORDER BY record", chosen.values)
    return [row["record"] for row in found.to_pylist()]


def _wholes(tables: Tables, question: Question, aggregate: str) -> dict[tuple[object, ...], Any]:
    """By the labels of the other dimensions, all that the shares are of."""
    whole = _of_all(question)
    found = grouped(tables, whole, selection(whole), f"{aggregate} AS whole")
    labels = [f"d{n}" for n in range(len(whole.by))]
    return {tuple(row[label] for label in labels): row["whole"] for row in found.to_pylist()}


def _of_all(question: Question) -> Question:
    rival = _rival(question)
    return replace(
        question,
        by=tuple(dimension for dimension in question.by if dimension.name != rival),
        where=tuple((dimension, label) for dimension, label in question.where if dimension.name != rival),
    )


def _rival(question: Question) -> str | None:
    named = (*question.by, *(dimension for dimension, _label in question.where))
    return next((dimension.name for dimension in named if dimension.compared), None)


def _others(question: Question, row: Row) -> tuple[object, ...]:
    rival = _rival(question)
    return tuple(row[dimension.name] for dimension in question.by if dimension.name != rival)


KINDS = {
    "share_of_leads": Kind(
        share_of_leads,
        {"": "true", "numerator": "true", "denominator": "true"},
        columns("leads", "numerator", "denominator"),
        behind=_behind_share,
    ),
    "share_of_value": Kind(
        share_of_value,
        {"": "amount IS NOT NULL", "left_out": "amount IS NULL"},
        (Column("amount", "money", ""), *columns("deals", "left_out")),
    ),
    "effective_number": Kind(
        effective_number,
        {"": "source IS NOT NULL", "left_out": "source IS NULL"},
        (Column("sources", "number"), Column("top_share", "share"), *columns("leads", "left_out")),
    ),
}
