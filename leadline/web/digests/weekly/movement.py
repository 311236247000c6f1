"""What was added, moved, won and booked in the week that ended, against the week before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models import Deal, base_currency
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
    """The last whole week before this day's, from Monday to Sunday, and the one before it."""
    monday = on_day - DAY * on_day.weekday()
    return (monday - WEEK, monday - DAY), (monday - WEEK * 2, monday - WEEK - DAY)


def movement(scope: Scope) -> Part | None:
    """A line for each number, which leads to its deals. None where nothing happened in both weeks."""
    last, before = weeks(scope.on_day)
    with one_look():
        found = [(metric, word, _asked(metric, scope, last), _asked(metric, scope, before)) for metric, word in COUNTED]
    lines = [_line(str(word), metric, now, then, last, before) for metric, word, now, then in found if now or then]
    lost, lost_before = (_lost(scope, week) for week in (last, before))
    if lost or lost_before:
        said = [formats.number(lost), formats.number(lost_before)]
        lines.append(_against(_("Deals lost"), said, [_lost_in(last), _lost_in(before)]))
    title = _("The week from %(first)s to %(last)s") % {"first": formats.day(last[0]), "last": formats.day(last[1])}
    return Part("movement", title, "chart-column-decreasing", lines=tuple(lines)) if lines else None


def _asked(metric: str, scope: Scope, week: Week) -> Decimal:
    rows = ask.report(metric, start=week[0], end=week[1], user=scope.user).rows
    return Decimal(str((rows[0]["value"] if rows else 0) or 0))


def _line(word: str, metric: str, now: Decimal, then: Decimal, last: Week, before: Week) -> Line:
    money = metric == "booked_revenue"
    said = [formats.short_money(value, base_currency()) if money else formats.number(value) for value in (now, then)]
    hrefs = [
        f"{reverse('deals_behind')}?{urlencode({'metric': metric, 'from': week[0], 'to': week[1]})}"
        for week in (last, before)
    ]
    return _against(word, said, hrefs)


def _against(word: str, said: list[str], hrefs: list[str]) -> Line:
    return Line(word, said[0], hrefs[0], other=_("the week before %(then)s") % {"then": said[1]}, other_href=hrefs[1])


def _lost(scope: Scope, week: Week) -> int:
    start, end = (dt.datetime.combine(day, dt.time(), scope.zone) for day in (week[0], week[1] + DAY))
    rows: Any = (
        Deal.objects.visible_to(scope.user).kept().filter(status="lost", closed_at__gte=start, closed_at__lt=end)
    )
    return int(rows.count())


def _lost_in(week: Week) -> str:
    days = f"{week[0].isoformat()}..{week[1].isoformat()}"
    return f"{address('deals')}?{urlencode({'status': 'lost', 'closed_at': days})}"
