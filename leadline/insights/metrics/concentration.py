"""How much of what was won hangs on few deals, or few customers (R22)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Selection, Tables, labelled, selection
from leadline.insights.numbers.centre import sums
from leadline.insights.numbers.shown import groups as lists
from leadline.insights.question import Question

TOP = {"top_1": 0.01, "top_3": 0.03, "top_10": 0.1}  # shares of the deals; at least one deal each
VALUED = "amount > 0"


def by_deal(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = the effective number of deals: 1 / sum(share^2) of the won value; see `_shares`."""
    return _shares(tables, question, "deal")


def by_customer(tables: Tables, question: Question) -> list[Row]:
    """The same of customers; deals without an organization are left out."""
    return _shares(tables, question, "customer")


def _shares(tables: Tables, question: Question, unit: str) -> list[Row]:
    """Also the `largest` one's share, that of the top 1, 3 and 10 %, the sum, and what is left without the largest.

    n counts the deals or customers with a value; `left_out` the deals of which it is not known (or the customer).
    All of it is what was won, not an estimate: there is no interval.
    """
    labels = "".join(f"d{n}, " for n in range(len(question.by)))
    order = ", ".join(f"min(p{n}) NULLS LAST, d{n} IS NULL, lower(d{n}), d{n}" for n in range(len(question.by)))
    places = "".join(f"p{n}, " for n in range(len(question.by)))
    chosen = _ranked(question, unit, labels, places)
    tops = ", ".join(
        f"coalesce(sum(CASE WHEN place <= ceil({share} * many) THEN worth END), 0) AS {name}"
        for name, share in TOP.items()
    )
    tail = f"GROUP BY {labels.rstrip(', ')} ORDER BY {order}" if question.by else ""
    found = tables.arrow(
        f"SELECT {labels} count(worth) AS n, coalesce(sum(worth), 0) AS total, "
        "coalesce(list(worth::DOUBLE ORDER BY worth) FILTER (WHERE worth IS NOT NULL), []) AS x, "
        "coalesce(max(worth), 0) AS largest, "
        f"coalesce(sum(missing), 0)::BIGINT AS left_out, {tops} FROM ({chosen.sql}) {tail}",
        chosen.values,
    )
    rows = labelled(question, found)
    values = lists(found, "x")
    squares = sums(values, values.values**2)
    for row, square, seen in zip(rows, squares, found.drop_columns(["x"]).to_pylist(), strict=True):
        row |= _row(seen, float(square))
    return rows


def _ranked(question: Question, unit: str, labels: str, places: str) -> Selection:
    """One row per deal or customer in each group: `worth`, its `place` from the largest, how `many` there are."""
    chosen = selection(question)
    group = f"PARTITION BY {labels.rstrip(', ')}" if labels else ""
    keys = f"{labels}{places}"
    each = (
        f"SELECT {keys} {unit} AS unit, "
        f"CASE WHEN {unit} IS NOT NULL THEN sum(CASE WHEN {VALUED} THEN amount END) END AS worth, "
        f"count(DISTINCT CASE WHEN amount IS NULL OR {unit} IS NULL THEN deal END) AS missing "
        f"FROM ({chosen.sql}) GROUP BY {keys} {unit}"
    )
    return Selection(
        f"SELECT *, row_number() OVER ({group} ORDER BY worth DESC NULLS LAST, unit) AS place, "
        f"count(worth) OVER ({group}) AS many FROM ({each})",
        chosen.values,
    )


def _row(seen: dict[str, Any], squares: float) -> Row:
    total = float(seen["total"])
    shares = {name: float(seen[name]) / total if total else None for name in ("largest", *TOP)}
    return {
        "value": total**2 / squares if squares else None,
        "n": seen["n"],
        "low": None,
        "high": None,
        **shares,
        "total": seen["total"],
        "without_largest": Decimal(seen["total"]) - Decimal(seen["largest"]),
        "left_out": seen["left_out"],
    }


def _behind(unit: str) -> Any:
    def behind(tables: Tables, question: Question, part: str) -> list[int] | None:
        """The deals of the largest, or of the top shares; None for the other parts."""
        if part not in ("largest", *TOP):
            return None
        limit = "1" if part == "largest" else f"ceil({TOP[part]} * many)"
        ranked, chosen = _ranked(question, unit, "", ""), selection(question)
        found = tables.arrow(
            f"SELECT DISTINCT deal FROM ({chosen.sql}) WHERE {VALUED} AND {unit} IN "
            f"(SELECT unit FROM ({ranked.sql}) WHERE place <= {limit} AND worth IS NOT NULL) ORDER BY deal",
            (*chosen.values, *ranked.values),
        )
        return [row["deal"] for row in found.to_pylist()]

    return behind


def _kind(answer: Any, unit: str) -> Kind:
    known = f"{unit} IS NOT NULL AND {VALUED}"
    parts = {"": known, **dict.fromkeys(("largest", *TOP), known), "left_out": f"amount IS NULL OR {unit} IS NULL"}
    return Kind(
        answer,
        parts,
        (
            Column("largest", "share", "largest"),
            *(Column(name, "share", name) for name in TOP),
            Column("total", "money", ""),
            Column("without_largest", "money"),
            Column("left_out", "deals", "left_out"),
        ),
        behind=_behind(unit),
    )


KINDS = {"deal_concentration": _kind(by_deal, "deal"), "customer_concentration": _kind(by_customer, "customer")}
