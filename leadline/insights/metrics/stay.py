"""How long deals stay in a stage."""

from __future__ import annotations

from typing import Any

import numpy as np

from leadline.insights import moments
from leadline.insights.dimensions import CALENDAR
from leadline.insights.metrics.centre import fill_days, put_middle
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers import survival
from leadline.insights.numbers.centre import Groups
from leadline.insights.numbers.proportions import Floats
from leadline.insights.numbers.shown import groups as lists
from leadline.insights.numbers.shown import shown
from leadline.insights.question import Question


def stay(tables: Tables, question: Question) -> list[Row]:
    """Rows as for times, over the completed visits, and `km_median` with its interval, `open` visits counted in.

    The Kaplan-Meier median watches every visit while it lasted within the period (those under way when the period began
    from that age on, those not over at its end as censored). By dates there is none: an open visit has no date.
    """
    found = grouped(tables, question, selection(question, dated=False), _columns(question))
    values, rows = lists(found, "x"), labelled(question, found)
    put_middle(rows, values, found)
    fill_days(question, rows, values)
    if not any(dimension.name in CALENDAR for dimension in question.by):
        _survival(rows, lists(found, "x" if _always(question) else "whole"), found.column("partly"))
    return [row for row in rows if row["n"] or row["left_out"] or row.get("open") or not question.by]


def _survival(rows: list[Row], whole: Groups, partly: Any) -> None:
    """The Kaplan-Meier median of each group from what was watched from beginning to end, and what only partly."""
    for index, row in enumerate(rows):
        since, until, over = _joined(whole.values[whole.starts[index] : whole.starts[index + 1]], partly[index])
        middle = survival.median(since, until, over)
        row |= dict(zip(("km_median", "km_low", "km_high"), map(shown, middle), strict=True))
        row["open"] = int((over == 0).sum())


def watched(tables: Tables, question: Question) -> list[tuple[Row, tuple[Floats, Floats, Floats]]]:
    """The labels of each group with what its survival is estimated from: since, until (days), if it was over then."""
    found = grouped(tables, question, selection(question, dated=False), _columns(question))
    whole, partly = lists(found, "x" if _always(question) else "whole"), found.column("partly")
    return [
        (row, _joined(whole.values[whole.starts[index] : whole.starts[index + 1]], partly[index]))
        for index, row in enumerate(labelled(question, found))
    ]


def _joined(lasted: Floats, partly: Any) -> tuple[Floats, Floats, Floats]:
    """What was watched from beginning to end, and what only partly, as one."""
    since, until, over = (
        np.asarray(partly.values.field(name).to_numpy(zero_copy_only=False), dtype=np.float64)
        for name in ("since", "until", "over")
    )
    return (
        np.concatenate((np.zeros_like(lasted), since)),
        np.concatenate((lasted, until)),
        np.concatenate((np.ones_like(lasted), over)),
    )


def _always(question: Question) -> bool:
    return question.start is None and question.end is None


def _columns(question: Question) -> str:
    """Aggregates over all visits: of the completed ones in the period, and of what is watched in it."""
    begin, finish = _bounds(question)
    ended = f"(complete = 1 AND {_dated(question)})"
    left = f"least(coalesce(left_at, {finish}), {finish})"
    watched = (
        "entered_at IS NOT NULL AND (complete = 0 OR left_at IS NOT NULL)"
        f" AND entered_at < {finish} AND coalesce(left_at, {finish}) >= greatest({begin}, entered_at)"
    )
    throughout = f"entered_at >= {begin} AND coalesce(left_at < {finish}, false)"
    age = "epoch({} - entered_at) / 86400"
    columns = f"""
        coalesce(list(days::DOUBLE ORDER BY days) FILTER (WHERE {ended} AND days IS NOT NULL), []) AS x,
        count(*) FILTER (WHERE {ended} AND days IS NULL) AS left_out,
        coalesce(list({{
            'since': {age.format(f"greatest({begin}, entered_at)")}, 'until': {age.format(left)},
            'over': CASE WHEN left_at < {finish} THEN 1.0 ELSE 0.0 END
        }}) FILTER (WHERE {watched} AND NOT ({throughout})), []) AS partly"""
    if _always(question):  # then what was watched throughout is what x holds
        return columns
    return (
        f"{columns}, coalesce(list(days::DOUBLE ORDER BY days) FILTER (WHERE {watched} AND {throughout}), []) AS whole"
    )


def _dated(question: Question) -> str:
    since = f"happened_on >= DATE '{question.start}'" if question.start else "true"
    until = f"happened_on <= DATE '{question.end}'" if question.end else "true"
    return f"{since} AND {until}"


def _bounds(question: Question) -> tuple[str, str]:
    """The period's first moment and the one after its last, not later than as_of; as SQL, naive UTC."""
    begin = moments.beginning(question.start, question.zone) if question.start else moments.FIRST
    # What happens at as_of itself has happened.
    last = moments.just_after(question.as_of)
    finish = min(moments.after(question.end, question.zone), last) if question.end else last
    return f"TIMESTAMP '{begin.isoformat(' ')}'", f"TIMESTAMP '{finish.isoformat(' ')}'"


KINDS = {
    "stay": Kind(
        stay,
        {
            "": "complete = 1 AND days IS NOT NULL",
            "left_out": "complete = 1 AND days IS NULL",
            "open": "complete = 0",
        },
        (
            Column("mean", low="mean_low", high="mean_high"),
            Column("p80"),
            Column("km_median", low="km_low", high="km_high"),
            Column("open", "deals", "open"),
            Column("left_out", "deals", "left_out"),
        ),
        undated=frozenset({"open"}),
    ),
}
