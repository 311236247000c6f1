"""What was added, moved, won and booked in the week that ended, against the week before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import Team, User
from leadline.accounts.models.team import family
from leadline.crm.filtering.meaning import NONE
from leadline.crm.models import Deal, WorkingWeek, base_currency
from leadline.insights import ask
from leadline.insights.looking import one_look
from leadline.web.digests.parts import Line, Part, Scope
from leadline.web.frame import formats
from leadline.web.frame.navigation import address

WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
COUNTED: tuple[tuple[str, str | Promise], ...] = (
    ("deals_added", gettext_lazy("Deals added")),
    ("stage_entries", gettext_lazy("Moves into a stage")),
    ("deals_won", gettext_lazy("Deals won")),
    ("booked_revenue", gettext_lazy("Booked")),
)
Week = tuple[dt.date, dt.date]


def weeks(on_day: dt.date) -> tuple[Week, Week]:
    """The last whole week before this day's, from the company's first weekday on, and the one before it."""
    begins = on_day - DAY * ((on_day.weekday() - WorkingWeek.company().first_weekday) % 7)
    return (begins - WEEK, begins - DAY), (begins - WEEK * 2, begins - WEEK - DAY)


@dataclass(frozen=True)
class Led:
    """Whose numbers these are: the labels of the teams for metrics, their number for lists; both empty: of all."""

    where: Mapping[str, Any]
    team: str

    @classmethod
    def by(cls, user: User) -> Led:
        """Of the people whom the user leads: those of their team and the teams below it; an administrator's is all."""
        if user.is_administrator:
            return cls({}, "")
        if user.team_id is None:
            return cls({"team": None}, NONE)
        names = sorted(Team.objects.filter(pk__in=family(user.team_id)).values_list("name", flat=True))
        return cls({"team": names[0] if len(names) == 1 else tuple(names)}, str(user.team_id))

    @property
    def owners(self) -> Q:
        """The same for records by their owner, as the list of deals reads `team`."""
        if not self.where:
            return Q()
        if self.team == NONE:
            return Q(owner=None) | Q(owner__team=None)
        return Q(owner__team__in=family(int(self.team)))

    def title(self, week: Week) -> str:
        days = {"first": formats.day(week[0]), "last": formats.day(week[1])}
        if not self.where:
            return _("The whole company's week from %(first)s to %(last)s") % days
        return _("The week from %(first)s to %(last)s") % days


def movement(scope: Scope) -> Part | None:
    """A line for each number, which leads to its deals. None where nothing happened in both weeks."""
    both, led = weeks(scope.on_day), Led.by(scope.user)
    with one_look():
        found = [(metric, word, [_asked(metric, scope, week, led) for week in both]) for metric, word in COUNTED]
    lines = [_line(str(word), metric, values, both, led) for metric, word, values in found if any(values)]
    lost = [_lost(scope, week, led) for week in both]
    if any(lost):
        hrefs = [_lost_in(week, led) for week in both]
        lines.append(_against(_("Deals lost"), [formats.number(count) for count in lost], hrefs))
    return Part("movement", led.title(both[0]), "chart-column-decreasing", lines=tuple(lines)) if lines else None


def _asked(metric: str, scope: Scope, week: Week, led: Led) -> Decimal:
    rows = ask.report(metric, start=week[0], end=week[1], where=led.where, user=scope.user).rows
    return Decimal(str((rows[0]["value"] if rows else 0) or 0))


def _line(word: str, metric: str, values: list[Decimal], weeks: tuple[Week, Week], led: Led) -> Line:
    money = metric == "booked_revenue"
    said = [formats.short_money(value, base_currency()) if money else formats.number(value) for value in values]
    hrefs = [f"{reverse('deals_behind')}?{urlencode(_behind(metric, week, led), doseq=True)}" for week in weeks]
    return _against(word, said, hrefs)


def _against(word: str, said: list[str], hrefs: list[str]) -> Line:
    return Line(word, said[0], hrefs[0], other=_("the week before %(then)s") % {"then": said[1]}, other_href=hrefs[1])


def _behind(metric: str, week: Week, led: Led) -> dict[str, Any]:
    """An empty label in an address is "not recorded"."""
    labels = {name: "" if label is None else label for name, label in led.where.items()}
    return {"metric": metric, **labels, "from": week[0], "to": week[1]}


def _lost(scope: Scope, week: Week, led: Led) -> int:
    start, end = (dt.datetime.combine(day, dt.time(), scope.zone) for day in (week[0], week[1] + DAY))
    rows: Any = (
        Deal.objects.visible_to(scope.user).kept().filter(status="lost", closed_at__gte=start, closed_at__lt=end)
    )
    return int(rows.filter(led.owners).count())


def _lost_in(week: Week, led: Led) -> str:
    days = f"{week[0].isoformat()}..{week[1].isoformat()}"
    query = {"status": "lost", "closed_at": days, **({"team": led.team} if led.team else {})}
    return f"{address('deals')}?{urlencode(query)}"
