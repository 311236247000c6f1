"""The door to where time goes and what internal meetings cost (R37)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from leadline.accounts.models import Role, User
from leadline.accounts.models.team import family
from leadline.activities.blocks.keeping import Span, minutes_of, sat_spans
from leadline.activities.blocks.occurring import occurrence_on
from leadline.activities.models import ActivityType, Attendance, HourRate, Sitting, Work
from leadline.crm.models import WorkingWeek
from leadline.crm.models.currency import in_base
from leadline.insights import moments, periods
from leadline.insights.looking import tables_as_of
from leadline.insights.periods import Calendar
from leadline.insights.time_spent.counting import Cost, Counted, Key, Kind, Sat, Spent, costs, spent
from leadline.insights.time_spent.reading import Wanted, counted, numbers

DAY = dt.timedelta(days=1)
Sittings = dict[int, list[tuple[Sitting, list[Span]]]]  # by person, with the times that they sat


@dataclass(frozen=True)
class Asked:
    """Of whom, from which day of the company to which, both included, in steps of a `week` or a `month`."""

    people: tuple[int, ...]
    start: dt.date
    end: dt.date
    step: str
    week_start: int = 0

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(settings.LEADLINE_TIME_ZONE)

    @property
    def span(self) -> Span:
        begin = dt.datetime.combine(self.start, dt.time(), self.zone)
        return begin, dt.datetime.combine(self.end + DAY, dt.time(), self.zone)

    def begins(self, moment: dt.datetime) -> dt.date:
        """The first day of the week or month in which a moment lies."""
        day = moment.astimezone(self.zone).date()
        return periods.containing(self.step, day, Calendar(self.week_start)).start or day


def people_of(user: User) -> QuerySet[User]:
    """Whose time somebody sees: their own, of the people they lead, as an administrator of everybody."""
    if user.is_administrator:
        return User.objects.all()
    led = Q(pk=user.pk)
    if user.role == Role.LEADER:
        led |= Q(team__in=family(user.team_id)) if user.team_id is not None else Q(team=None)
    return User.objects.filter(led)


def asked_by(user: User, start: dt.date, end: dt.date, step: str, people: Collection[int] = ()) -> Asked:
    """The question; of the `people` named those whose time the user sees, without any all of these."""
    seen = people_of(user).order_by("pk").values_list("pk", flat=True)
    chosen = tuple(pk for pk in seen if not people or pk in people)
    return Asked(chosen, start, end, step, WorkingWeek.company().first_weekday)


def time_spent(asked: Asked) -> dict[Key, Spent]:
    """Time by person, kind of work and week or month (`counting.spent`)."""
    sittings = _sittings(asked)
    rows = [*_held(asked, sittings), *_attended(asked, sittings)]
    return spent(rows, _sat(asked, sittings), _kinds())


def meeting_costs(asked: Asked) -> dict[tuple[int, dt.date], Cost]:
    """What internal meetings cost, by type and month, in the base currency (`counting.costs`)."""
    kinds = {pk: kind for pk, kind in _kinds().items() if kind.work == Work.INTERNAL}
    held, attended = _held(asked, {}, kinds), _attended(asked, {}, kinds)
    return costs(held, attended, kinds, _rates({(row.person, row.start) for row in (*held, *attended)}))


@dataclass(frozen=True)
class Behind:
    """What stands behind a number: activities with how many people's time each is, and sittings with their minutes."""

    people: dict[int, int]
    sittings: list[tuple[Sitting, float]]


def behind(asked: Asked, work: str | None = None, kind: int | None = None) -> Behind:
    """The activities and sittings in a number; `work`: of this kind of work alone, `kind`: of this type alone.

    Of one type: meetings as they are counted in their costs, without a regard to sittings.
    """
    sittings: Sittings = {} if kind is not None else _sittings(asked)
    types = None if work is None else [pk for pk, one in _kinds().items() if one.work == work]
    types = types if kind is None else [kind]
    with tables_as_of(moments.LAST) as tables:
        found = dict.fromkeys(numbers(tables, _wanted(asked), _spans(sittings), types), 1)
    for pk, person, done_at in _attendances(asked, types).values_list("activity", "user", "activity__done_at"):
        if not _within(done_at, sittings.get(person, ())):
            found[pk] = found.get(pk, 0) + 1
    sat = [(one, minutes_of(spans)) for some in sittings.values() for one, spans in some]
    return Behind(found, [(one, minutes) for one, minutes in sat if work is None or one.block.work == work])


def _kinds() -> dict[int, Kind]:
    rows = ActivityType.objects.values_list("pk", "work", "minutes")
    return {pk: Kind(work, minutes) for pk, work, minutes in rows}


def _sittings(asked: Asked) -> Sittings:
    """Those that began in the time asked about."""
    begin, end = asked.span
    rows = Sitting.objects.kept().filter(owner__in=asked.people, began_at__gte=begin, began_at__lt=end)
    found: Sittings = defaultdict(list)
    for one in rows.select_related("block").order_by("began_at"):
        spans = sat_spans(one.began_at, one.ended_at, one.pauses, _until(one))
        found[one.owner_id].append((one, spans))
    return found


def _until(sitting: Sitting) -> dt.datetime:
    """When a sitting that nobody got up from is over: with its block."""
    if sitting.ended_at is not None:
        return sitting.ended_at
    here = occurrence_on(sitting.block, sitting.on_date)
    return max(min(timezone.now(), here.ends_at) if here else sitting.began_at, sitting.began_at)


def _sat(asked: Asked, sittings: Sittings) -> list[Sat]:
    return [
        Sat(person, sitting.block.work, asked.begins(sitting.began_at), minutes_of(spans))
        for person, some in sittings.items()
        for sitting, spans in some
    ]


def _wanted(asked: Asked) -> Wanted:
    begin, end = asked.span
    return Wanted(asked.people, _naive(begin), _naive(end), asked.step, asked.zone.key, asked.week_start)


def _spans(sittings: Sittings) -> list[tuple[int, dt.datetime, dt.datetime]]:
    return [
        (person, _naive(first), _naive(last))
        for person, some in sittings.items()
        for _sitting, spans in some
        for first, last in spans
    ]


def _held(asked: Asked, sittings: Sittings, kinds: Iterable[int] | None = None) -> list[Counted]:
    """By owner, out of the warehouse."""
    with tables_as_of(moments.LAST) as tables:
        return counted(tables, _wanted(asked), _spans(sittings), None if kinds is None else list(kinds))


def _attendances(asked: Asked, kinds: Iterable[int] | None) -> QuerySet[Attendance]:
    begin, end = asked.span
    rows = Attendance.objects.filter(
        user__in=asked.people, activity__done_at__gte=begin, activity__done_at__lt=end, activity__deleted_at=None
    )
    return rows if kinds is None else rows.filter(activity__type__in=list(kinds))


def _attended(asked: Asked, sittings: Sittings, kinds: Iterable[int] | None = None) -> list[Counted]:
    """By colleague who took part."""
    sums: dict[tuple[int, int, dt.date], list[int]] = defaultdict(lambda: [0, 0, 0])
    rows: Any = _attendances(asked, kinds)
    for person, kind, done_at, minutes in rows.values_list(
        "user", "activity__type", "activity__done_at", "activity__minutes"
    ):
        if not _within(done_at, sittings.get(person, ())):
            row = sums[person, kind, asked.begins(done_at)]
            row[0] += 1
            row[1] += minutes is not None
            row[2] += minutes or 0
    return [Counted(*key, *row) for key, row in sums.items()]


def _within(moment: Any, sittings: Sequence[tuple[Sitting, list[Span]]]) -> bool:
    return any(first <= moment <= last for _sitting, spans in sittings for first, last in spans)


def _rates(wanted: set[tuple[int, dt.date]]) -> dict[tuple[int, dt.date], float | None]:
    """What an hour of each person costs in the base currency, at the rate of the last day of each month.

    Their own rate, else that of everybody without one; None where there is neither, or no rate of its currency.
    """
    known = {row.user_id: row for row in HourRate.objects.kept()}
    found: dict[tuple[str, Decimal, dt.date], float | None] = {}
    rates: dict[tuple[int, dt.date], float | None] = {}
    for person, start in wanted:
        row = known.get(person) or known.get(None)
        if row is not None:
            key = (row.currency, row.amount, start)
            if key not in found:
                last = periods.containing("month", start).end or start
                amount = in_base(row.amount, row.currency, last)
                found[key] = None if amount is None else float(amount)
        rates[person, start] = None if row is None else found[key]
    return rates


def _naive(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
