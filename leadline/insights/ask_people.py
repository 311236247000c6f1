"""The door to answers about people and work that are no single metric: bars, signs, vanity, symptoms."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from leadline.insights import periods
from leadline.insights.ask import answered, asking, report

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.question import Question
    from leadline.insights.selling.benchmark import Bar, Sign
    from leadline.insights.selling.symptoms import Member, Symptom
    from leadline.insights.selling.vanity import Label

WEEKS = dt.timedelta(weeks=104)
YEAR = dt.timedelta(days=365)
PLANNED = ("owner", "week")


def benchmark(**asked: Any) -> tuple[list[Bar], list[Sign]]:
    """R11: per stage the best person's conversion, and who is far above the others; `asked` as for `ask.report`."""
    # numpy and scipy stay off the start-up path, here and below.
    from leadline.insights.selling import benchmark as of  # noqa: PLC0415

    def find(_tables: Tables, _question: Question) -> tuple[list[Bar], list[Sign]]:
        conversions = report("stage_conversion", by=["owner", "stage"], **asked).rows
        found = of.signs(conversions, report("stage_to_won", by=["owner", "stage"], **asked).rows)
        order = [row["stage"] for row in report("stage_conversion", by=["stage"], **asked).rows]
        conversions.sort(key=lambda row: order.index(row["stage"]))
        return of.bars(conversions, found), found

    return answered("benchmark", "stage_conversion", find, lambda found: len(found[0]) + len(found[1]), **asked)


def vanity(**asked: Any) -> list[Label]:
    """R15: every type of activity and the deals added, labelled by the two years up to the moment of the question."""
    return answered("vanity", "win_rate", lambda _tables, question: _labels(question, asked), **asked)


def _labels(question: Question, asked: dict[str, Any]) -> list[Label]:
    from leadline.insights.selling.vanity import labels  # noqa: PLC0415  see benchmark

    end = _today(question)
    when = {**asked, "start": end - WEEKS, "end": end, "as_of": question.as_of}
    work: dict[str | None, list[dict[str, Any]]] = {}
    for row in report("activities_done", by=["activity_type", *PLANNED], **when).rows:
        work.setdefault(row["activity_type"], []).append(row)
    work.pop(None, None)
    work["deals_added"] = report("deals_added", by=PLANNED, **when).rows
    calendar = periods.Calendar(question.week_start, question.fiscal_start)
    weeks = [
        periods.label("week", each.start, calendar)
        for each in periods.each("week", end - WEEKS, end, calendar)
        if each.start and each.start > end - WEEKS and each.end and each.end <= end  # whole weeks only
    ]
    cycle = report("time_to_close", **when).rows[0]["value"]
    return labels(work, report("booked_revenue", by=PLANNED, **when).rows, weeks, cycle)


def symptoms(**asked: Any) -> list[Symptom]:
    """R23: each measured over the last year or two up to the moment of the question, or said not to be."""
    return answered("symptoms", "win_rate", lambda _tables, question: _symptoms(question, asked), **asked)


def _symptoms(question: Question, asked: dict[str, Any]) -> list[Symptom]:
    from leadline.insights.selling import symptoms as of  # noqa: PLC0415  see benchmark

    today = _today(question)
    last = {**asked, "start": today - YEAR, "end": today, "as_of": question.as_of}
    before = {**last, "start": today - 2 * YEAR, "end": today - YEAR - dt.timedelta(days=1)}
    always = {**last, "start": None, "end": None}
    staff = _members(**asked)
    return [
        of.close_rate(report("win_rate", **last).rows[0]),
        of.bookings(_monthly(always, today)),
        of.ramp(report("ramp", **{**always, "where": _people(asked)}).rows[0]),
        of.turnover(staff, today),
        of.tenured(
            report("win_rate", by=["owner"], **before).rows,
            report("win_rate", by=["owner"], **last).rows,
            staff,
            today - 2 * YEAR,
        ),
        of.wasted(report("time_on_lost", **last).rows[0]),
        of.unhappy(),
    ]


def last_year(**asked: Any) -> tuple[dt.date, dt.date]:
    """The days on which symptoms of the last year rest."""
    today = _today(_question(**asked))
    return today - YEAR, today


def _people(asked: dict[str, Any]) -> dict[str, Any]:
    """Of what narrows the question, whom it is about: a hire has neither source nor campaign."""
    return {name: label for name, label in (asked.get("where") or {}).items() if name in ("owner", "team")}


def two_years(**asked: Any) -> tuple[dt.date, dt.date]:
    """The days on which labels of vanity rest."""
    today = _today(_question(**asked))
    return today - WEEKS, today


def _monthly(always: dict[str, Any], today: dt.date) -> list[float]:
    """Bookings of the whole months of the last two years, those without any too, from the first with some on."""
    rows = report("booked_revenue", by=["month"], **always).rows
    won = {row["month"]: float(row["value"]) for row in rows if row["month"]}
    months = [(today.year * 12 + today.month - 1 - back) for back in range(24, 0, -1)]
    names = [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
    return [won.get(name, 0.0) for name in names if won and name >= min(won)]


def _question(**asked: Any) -> Question:
    with asking("win_rate", **asked) as (_tables, question):
        return question


def _today(question: Question) -> dt.date:
    """The company's day at the moment of the question."""
    return question.as_of.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(question.zone)).date()


def _members(**asked: Any) -> list[Member]:
    """Who sells or has sold, as far as the question is about them."""
    from leadline.insights.selling.symptoms import Member  # noqa: PLC0415  see benchmark

    with asking("win_rate", **{**asked, "where": None}) as (tables, question):
        if question.seen is not None:
            return []  # how many come and go is for those who see the whole company
        found = tables.arrow(
            "SELECT w.label AS name, s.hired_on, s.left_on, t.label AS team FROM staff s "
            "JOIN names w ON w.kind = 'owner' AND w.id = s.member "
            "LEFT JOIN names t ON t.kind = 'team' AND t.id = s.team "
            "WHERE s.carries_quota OR s.member IN (SELECT owner FROM deals) ORDER BY w.label"
        ).to_pylist()
    wanted = _people(asked)
    return [
        Member(row["name"], row["hired_on"], row["left_on"])
        for row in found
        if wanted.get("owner", row["name"]) == row["name"] and wanted.get("team", row["team"]) == row["team"]
    ]
