"""Pushes: an expected close date that was moved (R19)."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import DEAL
from leadline.insights.store.slips import stands


def pushes(as_of: dt.datetime | None, log: str = DEAL.log) -> str:
    """SELECT deal, pushed_at, was_on, now_on, days (positive: later), actor.

    From one day to another: to give a date where none was, or to take it away, pushes nothing. Of several dates written
    at one instant the last counts; a slip and its undo are left out. `log` holds the changes.
    """
    order = "PARTITION BY record ORDER BY occurred_at, id"
    return f"""
        SELECT deal, pushed_at, was_on, now_on,
            CAST(datediff('day', was_on, now_on) AS INTEGER) AS days, actor
        FROM (
            SELECT record AS deal, occurred_at AS pushed_at, actor, expected_close_on AS now_on,
                lag(expected_close_on) OVER ({order}) AS was_on
            FROM (
                SELECT record, occurred_at, id, actor, expected_close_on, lead(occurred_at) OVER ({order}) AS next_at
                FROM {log}
                WHERE touched & {DEAL.bit("expected_close_on")} <> 0 AND {stands(log, as_of)}
            ) AS dated WHERE next_at IS NULL OR next_at <> occurred_at
        ) AS changed WHERE was_on <> now_on"""
