"""The next activity of each deal on a board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel import dates
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.activities.being_due import due_for
from leadline.activities.models import Activity
from leadline.history.statements import Statement
from leadline.web.frame.formats import day
from leadline.web.frame.reader import reader

WEEK = 7


@dataclass(slots=True)
class Coming:
    """An activity that is planned: what it is, and when in words as short as they can be."""

    what: str
    icon: str
    when: str
    overdue: bool


def coming(deal_ids: Sequence[int], now: dt.datetime) -> dict[int, Coming]:
    """The first planned activity of each deal. Whoever sees a deal sees what is planned on it: no more is asked."""
    if not deal_ids:
        return {}
    planned = _of_one.rows(*deal_ids) if len(deal_ids) == 1 else _planned(deal_ids)
    today = now.astimezone(reader().zone).date()
    found: dict[int, Coming] = {}
    undated: dict[int, Coming] = {}
    zone = reader().zone
    for pk, subject, due_at, due_on, kind, icon in planned:
        due = due_for(due_at, due_on, zone)
        one = Coming(subject or kind, icon or "calendar", when(due, today), due is not None and due < now)
        (found if due else undated).setdefault(pk, one)
    return undated | found


def _planned(deal_ids: Sequence[int]) -> Any:
    planned = Activity.objects.planned().filter(deal__in=deal_ids)
    return planned.values_list("deal", "subject", "due_at", "due_on", "type__name", "type__icon")


_of_one = Statement(lambda: _planned([0]))  # every move asks it


def when(due: dt.datetime | None, today: dt.date) -> str:
    """Today, tomorrow, a weekday within the week, else the date; "3 days late" once it has passed."""
    if due is None:
        return _("No time")
    on = due.astimezone(reader().zone).date()
    away = (on - today).days
    if away < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -away) % {"days": -away}
    if away < 2:
        return _("Tomorrow") if away else _("Today")
    if away < WEEK:
        name: str = reader().locale.days["format"]["abbreviated"][on.weekday()]
        return name
    return day(on) if on.year != today.year else dates.format_skeleton("MMMd", on, locale=reader().locale)
