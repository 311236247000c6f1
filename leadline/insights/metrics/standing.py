"""How many of the open deals are in some state: rotten, stalled, without a next activity."""

from __future__ import annotations

from collections.abc import Callable

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, moment, selection
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question

DAY = 86_400
ROTTEN = f"epoch({{as_of}}) - idle_s > rot_days * {DAY}.0"
STALLED = f"epoch({{as_of}}) - entered_s > stage_limit * {DAY}.0"
UNPLANNED = "planned = 0"
IDLE_DAYS = 30
IDLE = f"epoch({{as_of}}) - idle_s > {IDLE_DAYS * DAY}.0"


def affected(condition: str, of: str) -> Callable[[Tables, Question], list[Row]]:
    """The open deals that meet a condition, of those for which it can be told (`of`); both on facts `open_deals`."""

    def answer(tables: Tables, question: Question) -> list[Row]:
        """Rows with value = n deals, share of the open ones with low, high (90 % Jeffreys), open, worth, untold."""
        now = moment(question)
        met, told = f"({condition.replace('{as_of}', now)})", f"({of})"
        columns = (
            f"count(*) FILTER (WHERE {told} AND {met}) AS n, count(*) FILTER (WHERE {told}) AS whole, "
            f"count(*) FILTER (WHERE NOT {told}) AS untold, "
            f"coalesce(sum(CASE WHEN {told} AND {met} THEN amount END), 0) AS worth"
        )
        groups = grouped(tables, question, selection(question), columns)
        rows = labelled(question, groups)
        k, n = floats(groups, "n"), floats(groups, "whole")
        low, high = jeffreys(k, n)
        for i, (row, found) in enumerate(zip(rows, groups.to_pylist(), strict=True)):
            row |= {"value": found["n"], "n": found["n"], "low": None, "high": None, "open": found["whole"]}
            row |= {
                "share": float(k[i] / n[i]) if n[i] else None,
                "share_low": shown(low[i]),
                "share_high": shown(high[i]),
            }
            row |= {"worth": found["worth"], "untold": found["untold"]}
        return rows

    return answer


def _kind(condition: str, of: str) -> Kind:
    return Kind(
        affected(condition, of),
        {"": f"({of}) AND ({condition})", "open": of, "untold": f"NOT ({of})"},
        (
            Column("open", "deals", "open"),
            Column("share", "share", low="share_low", high="share_high"),
            Column("worth", "money", ""),
            Column("untold", "deals", "untold"),
        ),
    )


KINDS = {
    "rotten": _kind(ROTTEN, "rot_days IS NOT NULL AND idle_s IS NOT NULL"),
    "stalled": _kind(STALLED, "stage_limit IS NOT NULL AND entered_s IS NOT NULL"),
    "unplanned": _kind(UNPLANNED, "true"),
    "idle": _kind(IDLE, "idle_s IS NOT NULL"),
}
