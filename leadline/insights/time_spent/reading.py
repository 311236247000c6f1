"""Activities done, counted in the warehouse: it adds up half a million of them in the time of a few hundred rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leadline.insights.time_spent.counting import Counted

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Tables

Span = tuple[int, dt.datetime, dt.datetime]  # whose, from, to (naive UTC)


@dataclass(frozen=True)
class Wanted:
    """Of whom (their numbers), from when to when (naive UTC), in which steps of the company's days.

    `step`: week or month. `zone` is the company's, `week_start` the weekday on which its weeks begin.
    """

    people: Collection[int]
    start: dt.datetime
    end: dt.datetime
    step: str
    zone: str
    week_start: int = 0


def counted(tables: Tables, wanted: Wanted, sat: Sequence[Span], types: Collection[int] | None = None) -> list[Counted]:
    """Activities done by their owners, but for those done within `sat`, which are part of those sittings.

    With `types` those of these types alone.
    """
    if not wanted.people or types == []:
        return []
    done, values = _done(wanted, sat, types)
    table = tables.arrow(
        f"""
        {done} SELECT owner, activity_type, {_step(wanted)} AS start, count(*) AS n, count(minutes) AS said,
            CAST(coalesce(sum(minutes), 0) AS BIGINT) AS minutes
        FROM done WHERE activity NOT IN (SELECT activity FROM inside) GROUP BY ALL""",
        values,
    )
    return [Counted(*row.values()) for row in table.to_pylist()]


def numbers(
    tables: Tables, wanted: Wanted, sat: Sequence[Span], types: Collection[int] | None, most: int
) -> tuple[list[int], int]:
    """The same activities one by one: the numbers of the latest, and how many there are in all."""
    if not wanted.people or types == []:
        return [], 0
    done, values = _done(wanted, sat, types)
    sql = f"""
        {done} SELECT activity, count(*) OVER () AS n FROM done
        WHERE activity NOT IN (SELECT activity FROM inside) ORDER BY done_at DESC, activity LIMIT {most}"""
    rows = tables.arrow(sql, values).to_pylist()
    return [row["activity"] for row in rows], rows[0]["n"] if rows else 0


def _done(wanted: Wanted, sat: Sequence[Span], types: Collection[int] | None) -> tuple[str, list[Any]]:
    """SQL of the relations `done` and, of these, `inside` the sittings; and its values."""
    of_type = "" if types is None else "AND activity_type IN (SELECT unnest(?::BIGINT[]))"
    sql = f"""
        WITH sat AS (
            SELECT unnest(?::BIGINT[]) AS owner, unnest(?::TIMESTAMP[]) AS began, unnest(?::TIMESTAMP[]) AS ended
        ), done AS (
            SELECT activity, owner, activity_type, done_at, minutes FROM activities
            WHERE owner IN (SELECT unnest(?::BIGINT[])) AND done_at >= ? AND done_at < ? {of_type}
        ), inside AS (
            SELECT DISTINCT activity FROM done JOIN sat ON done.owner = sat.owner
            AND done.done_at >= sat.began AND done.done_at <= sat.ended
        )"""
    columns = [list(column) for column in zip(*sat, strict=True)] or [[], [], []]
    values = [*columns, list(wanted.people), wanted.start, wanted.end]
    return sql, [*values, *([] if types is None else [list(types)])]


def _step(wanted: Wanted) -> str:
    """SQL of the first day of the company's week or month of `done_at`."""
    local = "done_at" if wanted.zone == "UTC" else f"timezone('{wanted.zone}', timezone('UTC', done_at))"
    if wanted.step == "month":
        return f"CAST(date_trunc('month', {local}) AS DATE)"
    shift = wanted.week_start  # date_trunc's weeks begin on Monday
    return f"CAST(date_trunc('week', {local} - INTERVAL {shift} DAY) + INTERVAL {shift} DAY AS DATE)"
