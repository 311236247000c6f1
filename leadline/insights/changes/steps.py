"""Every step of a deal between two moments that changes what counts, as SQL over the deals' versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadline.insights.changes.reasons import COMES, GOES, STAYS, cases


@dataclass(frozen=True)
class Scope:
    """What counts: open value in one pipeline (None: any), of these owners and sources, expected to close in a period.

    `owners` and `sources` are ids (None: any; None among them: not recorded). `closing` are two days, both included.
    `seen` keeps only these deals (None: all).
    """

    pipeline: int | None = None
    owners: tuple[int | None, ...] | None = None
    sources: tuple[int | None, ...] | None = None
    closing: tuple[dt.date, dt.date] | None = None
    seen: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Statement:
    """A SELECT with its values."""

    sql: str
    values: tuple[Any, ...]


def counted(scope: Scope, state: str) -> Statement:
    """SELECT deal, amount of each open deal in scope, from a SELECT of one state per deal."""
    kept, values = _kept(scope)
    marked, more = _marked(scope, f"SELECT * FROM ({state}){kept}")
    return Statement(f"SELECT deal, amount FROM ({marked}) WHERE counts", (*more, *values))


def steps(scope: Scope, after: dt.datetime, until: dt.datetime) -> Statement:
    """SELECT deal, seq, reason, was, became, amount of each step later than `after`, up to `until` with it (naive UTC).

    `was` and `became` are what the deal counted before and after the step, `amount` the second less the first.

    Of each deal the steps add up to what it counts at the end less what it counted at the beginning. A null value
    counts as nothing, and what comes or goes so is a step of 0.
    """
    kept, values = _kept(scope, "AND")
    late = "SELECT DISTINCT deal FROM deal_versions WHERE valid_from > ? AND valid_from <= ?"
    some = f"SELECT * FROM deal_versions WHERE valid_from <= ? AND deal IN ({late}){kept}"
    marked, more = _marked(scope, some)
    was = ", ".join(
        f"lag({name}) OVER own AS was_{name}"
        for name in ("status", "gone", "here", "theirs", "value", "currency", "counts", "amount")
    )
    sql = f"""
        SELECT deal, seq, reason, was, became, became - was AS amount FROM (
            SELECT deal, seq,
                CASE WHEN counts THEN amount ELSE 0 END AS became,
                CASE WHEN coalesce(was_counts, false) THEN was_amount ELSE 0 END AS was,
                CASE WHEN counts AND coalesce(was_counts, false)
                    THEN CASE WHEN amount <> was_amount THEN {cases(STAYS)} END
                    WHEN counts THEN {cases(COMES)} WHEN was_counts THEN {cases(GOES)} END AS reason
            FROM (SELECT *, {was} FROM ({marked}) WINDOW own AS (PARTITION BY deal ORDER BY seq))
            WHERE valid_from > ?
        ) WHERE reason IS NOT NULL"""
    return Statement(sql, (*more, until, after, until, *values, after))


def _kept(scope: Scope, word: str = "WHERE") -> tuple[str, tuple[Any, ...]]:
    if scope.seen is None:
        return "", ()
    return f" {word} deal IN (SELECT unnest(?::BIGINT[]))", (list(scope.seen),)


def _marked(scope: Scope, states: str) -> tuple[str, tuple[Any, ...]]:
    """States with `amount`, whether each is `here` (the pipeline), `theirs` (whose it is), in time, and `counts`."""
    here, first = ("pipeline IS NOT DISTINCT FROM ?", (scope.pipeline,)) if scope.pipeline is not None else _ANY
    owners, second = _among("owner", scope.owners)
    sources, third = _among("source", scope.sources)
    timely, fourth = _ANY
    if scope.closing:
        timely, fourth = "coalesce(expected_close_on BETWEEN ? AND ?, false)", scope.closing
    sql = f"""
        SELECT *, status = 'open' AND NOT gone AND here AND theirs AND timely AS counts FROM (
            SELECT *, coalesce(value_base, 0) AS amount, {here} AS here, {owners} AND {sources} AS theirs,
                {timely} AS timely FROM ({states}))"""
    return sql, (*first, *second, *third, *fourth)


_ANY: tuple[str, tuple[Any, ...]] = ("true", ())


def _among(column: str, ids: Sequence[int | None] | None) -> tuple[str, tuple[Any, ...]]:
    if ids is None:
        return _ANY
    known = f"coalesce({column} IN (SELECT unnest(?::BIGINT[])), false)"
    if None in ids:
        known = f"({known} OR {column} IS NULL)"
    return known, ([one for one in ids if one is not None],)
