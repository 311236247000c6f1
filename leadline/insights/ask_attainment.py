"""The door to targets: how far each is reached, and where it is heading."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from leadline.crm.working_days import WorkingDays
from leadline.crm.working_time import company_days
from leadline.insights import catalogue, periods
from leadline.insights.ask import asking, report
from leadline.insights.sight import held_against

if TYPE_CHECKING:
    from leadline.insights.numbers.pace import Pace

ADDITIVE = ("total", "count")  # kinds whose days add up to the period
LOOKED_BACK = 8  # periods
DAY = dt.timedelta(days=1)


class Done(NamedTuple):
    """A day's result, and how many single ones with a known amount it is the sum of."""

    result: float
    n: int


Days = dict[dt.date, Done]


@dataclass(frozen=True)
class Target:
    """Who (a person, a team, or the company) should reach how much of a metric, from one day to another."""

    target: int
    metric: str
    owner: str | None
    team: str | None
    pipeline: int | None
    start: dt.date
    end: dt.date
    amount: Decimal

    @property
    def where(self) -> dict[str, str]:
        """The labels of whom it is about."""
        labels = {"owner": self.owner, "team": self.team}
        return {name: label for name, label in labels.items() if label is not None}


@dataclass(frozen=True)
class Attained:
    """A target with what is done (None: not known) and the share of the amount; `pace` where days add up."""

    target: Target
    done: float | Decimal | None
    n: int
    share: float | None
    pace: Pace | None


def attainment(*, start: dt.date | None = None, end: dt.date | None = None, **asked: Any) -> list[Attained]:
    """Targets whose days lie within the period or overlap it; without one those that hold at the moment.

    `asked` as for `ask.report`. Who sees only some of the deals sees the targets of those whose deals they see all
    (`sight.held_against`). Targets of a metric that
    there is not, or that cannot be broken down by whose it is, have no result. The season of a target's pace is the
    whole company's, whoever asks.
    """
    held = held_against(asked.get("user"))
    with asking("booked_revenue", **asked) as (tables, question):
        today = question.as_of.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(question.zone)).date()
        found = tables.arrow(
            "SELECT t.target, t.metric, o.label AS owner, g.label AS team, t.pipeline, t.start_on AS start, "
            't.end_on AS "end", t.amount FROM targets t '
            "LEFT JOIN names o ON o.kind = 'owner' AND o.id = t.member "
            "LEFT JOIN names g ON g.kind = 'team' AND g.id = t.team "
            "WHERE t.start_on <= ? AND t.end_on >= ? AND (? IS NULL OR t.pipeline IS NULL OR t.pipeline = ?) "
            "AND (? OR t.target IN (SELECT unnest(?::BIGINT[]))) "
            "ORDER BY t.start_on, t.end_on, t.metric, t.pipeline, g.label, o.label, t.target",
            [
                *_reach(start, end, today),
                question.pipeline, question.pipeline, held is None, list(held or ()),
            ],
        ).to_pylist()  # fmt: skip
    wanted = {name: label for name, label in (asked.get("where") or {}).items() if name in ("owner", "team")}
    targets = [target for row in found if _about(target := Target(**row), wanted)]
    asked = {**asked, "as_of": question.as_of, "where": None}
    return [each for group in _alike(targets) for each in _answered(group, asked, today, company_days())]


def _reach(start: dt.date | None, end: dt.date | None, today: dt.date) -> tuple[dt.date, dt.date]:
    """The last day on which a target may begin, the first on which it may end."""
    if start is None and end is None:
        return today, today
    return dt.date.max if end is None else end, dt.date.min if start is None else start


def _about(target: Target, wanted: Mapping[str, str]) -> bool:
    return all(target.where.get(name) == label for name, label in wanted.items())


def _alike(targets: Iterable[Target]) -> list[list[Target]]:
    """Targets that one question answers together, in the order in which they come."""

    def alike(target: Target) -> tuple[object, ...]:
        return (target.start, target.end, target.metric, target.pipeline, tuple(target.where))

    return [list(group) for _key, group in groupby(targets, alike)]


def _answered(group: list[Target], asked: dict[str, Any], today: dt.date, days: WorkingDays) -> list[Attained]:
    first = group[0]
    metric, by = catalogue.METRICS.get(first.metric), list(first.where)
    if metric is None or not set(by) <= set(metric.dimensions):
        return [Attained(target, None, 0, None, None) for target in group]
    asked = {**asked, "pipeline": first.pipeline}
    rows = report(first.metric, by=by, **{**asked, "start": first.start, "end": first.end}).rows
    told = {tuple(row[name] for name in by): row for row in rows}
    paces = _paces(group, asked, today, days) if metric.kind in ADDITIVE else {}
    return [_attained(target, told.get(tuple(target.where.values())), metric.kind, paces) for target in group]


def _attained(target: Target, row: dict[str, Any] | None, kind: str, paces: dict[int, Pace]) -> Attained:
    done = row["value"] if row else (0 if kind in ADDITIVE else None)
    share = None if done is None or not target.amount else float(done) / float(target.amount)
    return Attained(target, done, row["n"] if row else 0, share, paces.get(target.target))


def _paces(group: list[Target], asked: dict[str, Any], today: dt.date, days: WorkingDays) -> dict[int, Pace]:
    """By target. Those whose period has not begun have none."""
    from leadline.insights.numbers.pace import pace, sizes  # noqa: PLC0415  numpy stays off the start-up path

    first = group[0]
    if today < first.start:
        return {}
    spans = [(first.start, first.end), *_before(first.start, first.end)]
    asked = {**asked, "start": spans[-1][0], "end": first.end}
    by = list(first.where)
    own = _daily(report(first.metric, by=[*by, "day"], **asked).rows, by)
    # The season is the team's: of all who work in the same pipeline, of whom one person has too few days. It is the
    # same one whoever asks, and shows nobody's records.
    whole = _daily(report(first.metric, by=["day"], **{**asked, "user": None}).rows, []).get((), {})
    season, everybody = _pasts(whole, spans, today, days), sizes(_until(whole, today))
    worked, workdays = _worked(*spans[0], today, days)
    found = {}
    for target in group:
        done = own.get(tuple(target.where.values()), {})
        now = [each for day, each in done.items() if first.start <= day <= first.end]
        total, counted = sum(each.result for each in now), sum(each.n for each in now)
        found[target.target] = pace(total, counted, worked, workdays, season, sizes(_until(done, today)), everybody)
    return found


def _until(done: Days, today: dt.date) -> list[Done]:
    return [each for day, each in done.items() if day <= today]


def _before(start: dt.date, end: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The periods of the same length before, the last one first: whole months by months, else as many days."""
    following = end + DAY
    months = following.year * 12 + following.month - start.year * 12 - start.month
    if start.day == 1 == following.day:
        starts = [periods.months_later(start, -months * back) for back in range(LOOKED_BACK + 1)]
    else:
        starts = [start - (following - start) * back for back in range(LOOKED_BACK + 1)]
    return [(earlier, later - DAY) for later, earlier in pairwise(starts)]


def _daily(rows: list[dict[str, Any]], by: list[str]) -> dict[tuple[str | None, ...], Days]:
    found: dict[tuple[str | None, ...], Days] = {}
    for row in rows:
        if row["day"] is not None:
            own = found.setdefault(tuple(row[name] for name in by), {})
            own[dt.date.fromisoformat(row["day"])] = Done(float(row["value"]), row["n"] - row.get("left_out", 0))
    return found


def _worked(start: dt.date, end: dt.date, today: dt.date, days: WorkingDays) -> tuple[int, int]:
    """Working days of a period up to today, and in all."""
    return days.working_days_between(start - DAY, min(today, end)), days.working_days_between(start - DAY, end)


def _pasts(
    done: Days, spans: list[tuple[dt.date, dt.date]], today: dt.date, days: WorkingDays
) -> list[tuple[float, float]]:
    """Of each past period since there are results: the result by the same part of its working days, and in all."""
    if not done:
        return []
    worked, workdays = _worked(*spans[0], today, days)
    order, upto = sorted(done), [0.0]
    for day in order:
        upto.append(upto[-1] + done[day].result)

    def before(day: dt.date) -> float:
        return upto[bisect_right(order, day)]

    found = []
    for start, end in spans[1:]:
        if end < order[0]:
            break
        then = day_by(start, end, worked / max(workdays, 1), days)
        found.append((before(then) - before(start - DAY), before(end) - before(start - DAY)))
    return found


def day_by(start: dt.date, end: dt.date, part: float, days: WorkingDays) -> dt.date:
    """The day by which this part of the period's working days has passed."""
    wanted = round(part * days.working_days_between(start - DAY, end))
    day = start - DAY
    while wanted > 0 and day < end:
        day += DAY
        wanted -= days.is_working_day(day)
    return day
