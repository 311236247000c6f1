"""What a team's history says of its conversions, sizes and times; kept for as long as nothing has happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from leadline.accounts.models import User
from leadline.accounts.permissions import EVERYTHING, seen_by
from leadline.crm.models import Deal
from leadline.insights import ask, moments
from leadline.insights.looking import now, tables_as_of
from leadline.insights.remembering import remembered

if TYPE_CHECKING:
    from leadline.insights.needed.measures import Measures

A_YEAR = dt.timedelta(days=364)
WEIGHT = 10  # rows that one of these answers comes to
T = TypeVar("T")


def measured(pipeline: int, where: Mapping[str, str], user: User | None, today: dt.date) -> Measures:
    """Of the year up to `today`; of all time for those who won nothing in it. Raises as `ask.report` does."""

    def make() -> Measures:
        found = _measured(pipeline, where, user, today - A_YEAR, today)
        return found if found.won else _measured(pipeline, where, user, None, today)

    return _remembered(make, "measured", _eyes(user), pipeline, tuple(sorted(where.items())), today)


def won_since(
    start: dt.date, end: dt.date, pipeline: int | None, where: Mapping[str, str], user: User | None
) -> tuple[Decimal, int]:
    """What was won from one day to another, both included: its value in the base currency, and how many deals."""

    def make() -> tuple[Decimal, int]:
        row = ask.report("booked_revenue", start=start, end=end, pipeline=pipeline, where=where, user=user).rows[0]
        return Decimal(row["value"]), int(row["n"])

    return _remembered(make, "won", _eyes(user), pipeline, tuple(sorted(where.items())), start, end)


def _remembered(make: Callable[[], T], *question: object) -> T:
    """Answered from memory until the log moves: a slider asks the same dozens of times."""
    with tables_as_of(moments.LAST) as tables:
        return remembered.answer(tables, question, make, lambda _: WEIGHT)


def _eyes(user: User | None) -> int | None:
    """Who sees everything sees the same: their answers are one."""
    return None if user is None or seen_by(user, Deal.ENTITY) == EVERYTHING else user.pk


def _measured(
    pipeline: int, where: Mapping[str, str], user: User | None, start: dt.date | None, end: dt.date
) -> Measures:
    # numpy and Arrow stay off the start-up path
    from leadline.insights.needed import measures  # noqa: PLC0415

    asked: dict[str, Any] = {"pipeline": pipeline, "where": where, "user": user}
    period: dict[str, Any] = {**asked, "start": start, "end": end}
    stages = ids("stage")
    rate, size, time = (ask.report(name, **period).rows[0] for name in ("win_rate", "deal_size", "time_to_close"))
    return measures.Measures(
        start=start,
        end=end,
        conversions=measures.conversions(ask.report("stage_conversion", by=["stage"], **period), stages),
        there=measures.there(ask.report("open_value", by=["stage"], **asked), stages),
        won=rate["numerator"],
        lost=rate["n"] - rate["numerator"],
        mean_won=size["value"],
        mean_won_low=size["low"],
        mean_won_high=size["high"],
        valued=size["n"],
        days_to_close=time["value"],
        timed=time["n"],
        work=_work(period, rate["numerator"]),
        labels={pk: label for label, pk in stages.items()},
    )


def _work(period: dict[str, Any], won: int) -> dict[int, int]:
    """Done activities by type on the deals that were closed."""
    if not won:
        return {}
    types = ids("activity_type")
    rows = ask.report("activities_per_win", by=["activity_type"], **period).rows
    known = (row for row in rows if row["activity_type"] in types and row["value"] is not None)
    return {types[row["activity_type"]]: round(row["value"] * won) for row in known}


def ids(kind: str, at: dt.datetime | None = None) -> dict[str, int]:
    """The numbers of stages, owners, teams … by the labels under which the metrics know them, now or at a moment."""
    with tables_as_of(moments.in_utc(at or now()), present=at is None) as tables:
        found = remembered.rows(
            tables,
            ("names", kind),
            lambda: tables.arrow("SELECT label, id FROM names WHERE kind = ?", [kind]).to_pylist(),
        )
    return {row["label"]: row["id"] for row in found}
