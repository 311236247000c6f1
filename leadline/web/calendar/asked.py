"""What is asked of the calendar: which days, in which view, whose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from leadline.accounts.models import User
from leadline.accounts.models.team import family
from leadline.crm.models import WorkingWeek
from leadline.crm.working_days import WorkingDays
from leadline.crm.working_time import company_days
from leadline.history.numbers import number_of, numbers_of
from leadline.web.calendar.axis import midnight
from leadline.web.calendar.spans import DAY_VIEW, MONTH, VIEWS, WEEK, beside, shown_days, within
from leadline.web.frame.doing import reader_of
from leadline.web.frame.reader import reader

KEPT_AS = "calendar"  # in the session: the view that was looked at last
MOST_PEOPLE = 100


@dataclass(frozen=True)
class Asked:
    """A calendar as somebody looks at it. `who` are the ids of the people shown, `team` the team they were named by."""

    user: User
    view: str
    day: dt.date
    who: tuple[int, ...]
    team: int | None
    now: dt.datetime
    zone: ZoneInfo
    done: bool = False  # whether what was only logged is asked for
    each: bool = False  # whether each of many that were logged together is

    @property
    def logged(self) -> bool:
        """Whether what was done without having been planned is shown: on a day always, else where it is asked for."""
        return self.done or self.view == DAY_VIEW

    @cached_property
    def working(self) -> WorkingDays:
        return company_days()

    @cached_property
    def first_weekday(self) -> int:
        return WorkingWeek.company().first_weekday

    @cached_property
    def days(self) -> list[dt.date]:
        return shown_days(self.view, self.day, self.first_weekday, self.working.weekdays)

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.zone).date()

    @property
    def start(self) -> dt.datetime:
        return midnight(self.days[0], self.zone)

    @property
    def end(self) -> dt.datetime:
        """The first moment after the last day."""
        return midnight(self.days[-1] + dt.timedelta(days=1), self.zone)

    @property
    def alone(self) -> bool:
        """Whether it is just one's own."""
        return self.who == (self.user.pk,)

    @property
    def apart(self) -> bool:
        """Whether each person has a column: a day of several."""
        return self.view == DAY_VIEW and len(self.who) > 1

    @property
    def is_month(self) -> bool:
        return self.view == MONTH

    def address(
        self, *, view: str = "", day: dt.date | None = None, done: bool | None = None, each: bool = False
    ) -> str:
        """The same people in another view or on another day."""
        said = QueryDict(mutable=True)
        said["view"], said["day"] = view or self.view, str(day or self.day)
        if self.done if done is None else done:
            said["done"] = "1"
        if each:
            said["each"] = "1"
        if self.team:
            said["team"] = str(self.team)
        elif not self.alone:
            said["people"] = ",".join(map(str, self.who))
        return f"{reverse('calendar')}?{said.urlencode(safe=',')}"

    def beside(self, way: int) -> str:
        return self.address(day=beside(self.view, self.day, way))


def asked(request: HttpRequest) -> Asked:
    """Reads the address. What cannot be read is left out: one's own week, today."""
    user, now, zone = reader_of(request), timezone.now(), reader().zone
    view = request.GET.get("view") or request.session.get(KEPT_AS, "")
    team = number_of(request.GET.get("team", ""))
    who = _members(team) if team else _people(request.GET)
    return Asked(
        user,
        view if view in VIEWS else WEEK,
        within(_day(request.GET.get("day", "")) or now.astimezone(zone).date()),
        who or (user.pk,),
        team if who else None,
        now,
        zone,
        request.GET.get("done") == "1",
        request.GET.get("each") == "1",
    )


def remember(request: HttpRequest, view: str) -> None:
    """Written only where it is another one: every write of a session is a write to the database."""
    if request.session.get(KEPT_AS, WEEK) != view:
        request.session[KEPT_AS] = view


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _people(query: QueryDict) -> tuple[int, ...]:
    """Those that there are, in the order of their names."""
    wanted = numbers_of(part for text in query.getlist("people") for part in text.split(","))
    return tuple(User.objects.filter(pk__in=wanted).values_list("pk", flat=True)[:MOST_PEOPLE]) if wanted else ()


def _members(team: int) -> tuple[int, ...]:
    """Who works in a team or in one below it."""
    members = User.objects.who_may_own().filter(team__in=family(team))
    return tuple(members.values_list("pk", flat=True)[:MOST_PEOPLE])
