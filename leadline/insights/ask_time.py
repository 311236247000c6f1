"""The door to where time goes and what internal meetings cost (R37)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
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
from leadline.history.reading import end_of_log
from leadline.insights import moments, periods
from leadline.insights.looking import tables_as_of
from leadline.insights.periods import Calendar
from leadline.insights.remembering import remembered
from leadline.insights.time_spent.counting import Cost, Counted, Key, Kind, Spent, costs, spent
from leadline.insights.time_spent.counting import Sat as SatMinutes
from leadline.insights.time_spent.reading import Wanted, counted, numbers

DAY = dt.timedelta(days=1)
MOST = 500  # sittings behind a number that are named


@dataclass(frozen=True, slots=True)
class Sat:
    """One sitting: its number, the kind of work of its block, when it began, and the times that somebody sat."""

    pk: int
    work: str
    began_at: dt.datetime
    spans: list[Span]


Sittings = dict[int, list[Sat]]  # by person, in their order


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
    """Time by person, kind of work and week or month (`counting.spent`); nobody may change the answer.

    Remembered as long as nothing happens, and for a minute: a sitting that somebody has not got up from grows.
    """

    def find() -> dict[Key, Spent]:
        sittings = _sittings(asked)
        rows = [*_held(asked, sittings), *_attended(asked, sittings)]
        return spent(rows, _sat(asked, sittings), _kinds())

    key = ("time spent", asked, end_of_log(), timezone.now().replace(second=0, microsecond=0))
    with tables_as_of(moments.LAST) as tables:
        return remembered.answer(tables, key, find, len)


def meeting_costs(asked: Asked) -> dict[tuple[int, dt.date], Cost]:
    """What internal meetings cost, by type and month, in the base currency (`counting.costs`)."""
    kinds = {pk: kind for pk, kind in _kinds().items() if kind.work == Work.INTERNAL}
    held, attended = _held(asked, {}, kinds), _attended(asked, {}, kinds)
    return costs(held, attended, kinds, _rates({(row.person, row.start) for row in (*held, *attended)}))


@dataclass(frozen=True)
class Behind:
    """What stands behind a number: the latest activities with how many people's time each is, sittings with minutes.

    `count` is how often there was somebody's activity in all.
    """

    count: int
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
        latest, count = numbers(tables, _wanted(asked), _spans(sittings), types, MOST)
    found = dict.fromkeys(latest, 1)
    inside = _Inside(sittings)
    for pk, person, done_at in _attendances(asked, types).values_list("activity", "user", "activity__done_at"):
        if not inside(person, done_at):
            found[pk] = found.get(pk, 0) + 1
            count += 1
    sat = [one for some in sittings.values() for one in some if work is None or one.work == work]
    rows = Sitting.objects.select_related("block__owner").in_bulk([one.pk for one in sat[:MOST]])
    return Behind(count, found, [(rows[one.pk], minutes_of(one.spans)) for one in sat[:MOST]])


def _kinds() -> dict[int, Kind]:
    rows = ActivityType.objects.values_list("pk", "work", "minutes")
    return {pk: Kind(work, minutes) for pk, work, minutes in rows}


def _sittings(asked: Asked) -> Sittings:
    """Those that began in the time asked about."""
    begin, end = asked.span
    rows: Any = Sitting.objects.kept().filter(owner__in=asked.people, began_at__gte=begin, began_at__lt=end)
    found: Sittings = defaultdict(list)
    for pk, owner, work, began_at, ended_at, pauses in rows.order_by("began_at").values_list(
        "pk", "owner", "block__work", "began_at", "ended_at", "pauses"
    ):
        until = ended_at or _until(pk, began_at)
        found[owner].append(Sat(pk, work, began_at, sat_spans(began_at, ended_at, pauses, until)))
    return found


def _until(pk: int, began_at: dt.datetime) -> dt.datetime:
    """When a sitting that nobody got up from is over: with its block."""
    sitting = Sitting.objects.select_related("block").get(pk=pk)
    here = occurrence_on(sitting.block, sitting.on_date)
    return max(min(timezone.now(), here.ends_at) if here else began_at, began_at)


def _sat(asked: Asked, sittings: Sittings) -> list[SatMinutes]:
    begins = _Begins(asked)
    return [
        SatMinutes(person, one.work, begins[one.began_at], minutes_of(one.spans))
        for person, some in sittings.items()
        for one in some
    ]


class _Begins(dict[dt.date, dt.date]):
    """The first day of the week or month of a moment; each day is reckoned once."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked, self._zone = asked, asked.zone

    def __getitem__(self, moment: Any) -> dt.date:
        day = moment.astimezone(self._zone).date()
        found = self.get(day)
        if found is None:
            calendar = Calendar(self._asked.week_start)
            found = self[day] = periods.containing(self._asked.step, day, calendar).start or day
        return found


def _wanted(asked: Asked) -> Wanted:
    begin, end = asked.span
    return Wanted(asked.people, _naive(begin), _naive(end), asked.step, asked.zone.key, asked.week_start)


def _spans(sittings: Sittings) -> list[tuple[int, dt.datetime, dt.datetime]]:
    return [
        (person, _naive(first), _naive(last))
        for person, some in sittings.items()
        for one in some
        for first, last in one.spans
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
    inside, begins = _Inside(sittings), _Begins(asked)
    rows: Any = _attendances(asked, kinds)
    for person, kind, done_at, minutes in rows.values_list(
        "user", "activity__type", "activity__done_at", "activity__minutes"
    ):
        if not inside(person, done_at):
            row = sums[person, kind, begins[done_at]]
            row[0] += 1
            row[1] += minutes is not None
            row[2] += minutes or 0
    return [Counted(*key, *row) for key, row in sums.items()]


class _Inside:
    """Whether somebody sat at a moment."""

    def __init__(self, sittings: Sittings) -> None:
        self._spans = {person: sorted(span for one in some for span in one.spans) for person, some in sittings.items()}

    def __call__(self, person: int, moment: Any) -> bool:
        spans = self._spans.get(person)
        if not spans:
            return False
        place = bisect_right(spans, moment, key=itemgetter(0))
        return place > 0 and moment <= spans[place - 1][1]


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
