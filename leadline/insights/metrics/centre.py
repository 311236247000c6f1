"""Sizes and times: where their middle lies."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from leadline.insights.metrics.comparing import compare
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers import shrinkage
from leadline.insights.numbers.centre import Estimates, Groups, means, medians, part_of, quantiles
from leadline.insights.numbers.shown import groups as lists
from leadline.insights.numbers.shown import shown
from leadline.insights.question import Question


def size(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = mean of the known amounts, low, high, median with its interval, n, left_out (no amount)."""
    values, rows = _middle(tables, question, "amount")
    _fill(rows, ("value", "low", "high"), means(values))
    _fill(rows, ("median", "median_low", "median_high"), medians(values))
    _compare(question, rows, values, shrinkage.means)
    return rows


def time(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = median days, low, high, mean with its interval, p80, n, left_out (a date is not known)."""
    values, rows = _middle(tables, question, "days")
    fill_days(question, rows, values)
    return rows


def fill_days(question: Question, rows: list[Row], values: Groups) -> None:
    """Median, mean, 80th percentile and the comparison into rows of times."""
    middle = medians(values)
    _fill(rows, ("value", "low", "high"), middle)
    _fill(rows, ("mean", "mean_low", "mean_high"), means(values))
    for row, p80 in zip(rows, quantiles(values, 0.8), strict=True):
        row["median"], row["p80"] = row["value"], shown(p80)
    _compare(question, rows, values, shrinkage.medians)


def put_middle(rows: list[Row], values: Groups, found: pa.Table) -> None:
    """The frame of a row of sizes or times: value to come, how many values it rests on, how many were not known."""
    for row, n, left_out in zip(rows, values.sizes, found.column("left_out").to_pylist(), strict=True):
        row |= {"value": None, "n": int(n), "low": None, "high": None, "left_out": left_out}


def _middle(tables: Tables, question: Question, column: str) -> tuple[Groups, list[Row]]:
    columns = (
        f"coalesce(list({column}::DOUBLE ORDER BY {column}) FILTER (WHERE {column} IS NOT NULL), []) AS x, "
        f"count(*) FILTER (WHERE {column} IS NULL) AS left_out"
    )
    found = grouped(tables, question, selection(question), columns)
    values, rows = lists(found, "x"), labelled(question, found)
    put_middle(rows, values, found)
    return values, rows


def _fill(rows: list[Row], keys: tuple[str, str, str], estimates: Estimates) -> None:
    for row, *found in zip(rows, estimates.value, estimates.low, estimates.high, strict=True):
        row |= dict(zip(keys, map(shown, found), strict=True))


def _compare(question: Question, rows: list[Row], values: Groups, shrink: Callable[[Groups], shrinkage.Shrunk]) -> None:
    """Each row's own statistic, tempered towards the same of all its rivals' values together."""
    compare(question, rows, [int(n) for n in values.sizes], lambda some: shrink(part_of(values, some)))


KINDS = {
    "size": Kind(
        size,
        {"": "amount IS NOT NULL", "left_out": "amount IS NULL"},
        (Column("median", low="median_low", high="median_high"), Column("left_out", "deals", "left_out")),
    ),
    "time": Kind(
        time,
        {"": "days IS NOT NULL", "left_out": "days IS NULL"},
        (Column("mean", low="mean_low", high="mean_high"), Column("p80"), Column("left_out", "deals", "left_out")),
    ),
}
