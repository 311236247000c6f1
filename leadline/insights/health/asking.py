"""What the questions of health need of the tables beside plain metrics. No Django."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from leadline.insights import catalogue
from leadline.insights.dimensions import Dimension
from leadline.insights.health.enough import Added
from leadline.insights.health.focus import Pressing, chances, reasons
from leadline.insights.health.moving import BEFORE, RECENT, Flow
from leadline.insights.metrics.fluff import doubts
from leadline.insights.metrics.incidence import projected
from leadline.insights.metrics.proportion import PARTS
from leadline.insights.metrics.recording import OPEN, recording
from leadline.insights.metrics.selecting import Row, Tables, moment, selection
from leadline.insights.metrics.standing import ROTTEN, STALLED, UNPLANNED
from leadline.insights.moments import just_after
from leadline.insights.question import Question
from leadline.insights.remembering import asked, remembered

PLACE = (Dimension("pipeline"), Dimension("stage"))


def today(question: Question) -> dt.date:
    """The company's day at the question's moment."""
    return question.as_of.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(question.zone)).date()


def whole_day(question: Question) -> dt.date:
    """The company's last day that is over at the question's moment: a day begun has not been worked yet."""
    return today(replace(question, as_of=just_after(question.as_of))) - dt.timedelta(days=1)


def about(question: Question, metric: str, *by: Dimension) -> Question:
    """The same question, without a period, about another metric of deals."""
    return replace(question, metric=catalogue.find(metric), by=by, start=None, end=None)


def flow(tables: Tables, question: Question) -> Flow:
    """Entries into stages in the last four weeks of whole days, four of each weekday, and in the year before them."""
    until = whole_day(question)
    since = until - dt.timedelta(days=RECENT - 1)
    chosen = selection(replace(about(question, "stage_conversion"), end=until), extra=PARTS["entered"])
    before = since - dt.timedelta(days=BEFORE)
    row = tables.arrow(
        f"SELECT count(*) FILTER (WHERE happened_on >= ?) AS recent, min(happened_on) AS first, "
        f"count(DISTINCT deal) FILTER (WHERE happened_on >= ?) AS deals, "
        f"count(*) FILTER (WHERE happened_on >= ? AND happened_on < ?) AS earlier FROM ({chosen.sql})",
        (since, since, before, since, *chosen.values),
    ).to_pylist()[0]
    days = min(BEFORE, (since - row["first"]).days) if row["first"] else BEFORE
    return Flow(row["recent"], row["earlier"], max(days, 1), row["deals"], since, until)


def added(tables: Tables, question: Question, weeks: int) -> Added:
    """Deals created in the last weeks of whole days."""
    until = whole_day(question)
    start = until - dt.timedelta(days=7 * weeks - 1)
    chosen = selection(replace(about(question, "deals_added"), start=start, end=until))
    found = tables.arrow(f"SELECT count(*) AS n FROM ({chosen.sql})", chosen.values).to_pylist()[0]
    return Added(int(found["n"]), start, until)


def quality(tables: Tables, question: Question) -> Row:
    """The row of `data_quality`, of the open deals only."""
    return recording(tables, about(question, "data_quality"), OPEN)[0]


def pressing(tables: Tables, question: Question) -> list[Pressing]:
    """Every open deal with its chance, its doubt and its reasons. The chance is its stage's, fluff counted out."""
    chosen = selection(about(question, "stalled", *PLACE))
    now = moment(question)
    told = {"stalled": STALLED, "rotten": ROTTEN, "unplanned": UNPLANNED}
    columns = ", ".join(f"coalesce({sql.replace('{as_of}', now)}, false) AS {name}" for name, sql in told.items())
    rows = tables.arrow(
        f"SELECT deal, d0, d1, amount, expected_close_on, {columns} FROM ({chosen.sql}) ORDER BY deal", chosen.values
    ).to_pylist()
    fluff = {doubt.deal: doubt.chance for doubt in doubts(tables, about(question, "fluff_share"))}
    onward, day = _onward(tables, question), today(question)
    return [_pressing(row, onward.get((row["d0"], row["d1"])), fluff.get(row["deal"], 0.0), day) for row in rows]


def _pressing(row: dict[str, Any], chance: float | None, fluff: float, day: dt.date) -> Pressing:
    real = None if chance is None else chance * (1 - fluff)
    return Pressing(row["deal"], row["amount"], real, fluff, reasons(row, day))


def _onward(tables: Tables, question: Question) -> dict[tuple[Any, Any], float | None]:
    """(pipeline, stage) to the chance to be won from there, by the labels.

    All deals of the company teach it, whoever asks, as they teach what fluff is: a few of one's own teach nothing.
    """
    everywhere = replace(about(question, "projected_conversion", *PLACE), where=(), seen=None, targets=None)
    return remembered.answer(tables, ("onward", asked(everywhere)), lambda: _learnt(tables, everywhere), len)


def _learnt(tables: Tables, everywhere: Question) -> dict[tuple[Any, Any], float | None]:
    steps: dict[Any, list[tuple[Any, float | None]]] = defaultdict(list)
    for row in projected(tables, everywhere):
        if row["stage"] is not None:
            steps[row["pipeline"]].append((row["stage"], row["value"]))
    return {(pipeline, stage): chance for pipeline, own in steps.items() for stage, chance in chances(own).items()}
