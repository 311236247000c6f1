"""The calendar as a page, and what one of its events is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.activities.models import Activity, ActivityType, Work
from leadline.web.activities.rows import rows_of
from leadline.web.calendar.asked import Asked, asked, remember
from leadline.web.calendar.drawing import axis_for, columns
from leadline.web.calendar.overdue import overdue
from leadline.web.calendar.people import choices
from leadline.web.calendar.spans import DAY_VIEW, MONTH, WEEK, WORK_WEEK
from leadline.web.calendar.wording import clock, clock_of, long_day, month_day, title, weekday, when
from leadline.web.frame.doing import reader_of
from leadline.web.frame.navigation import address
from leadline.web.frame.parts import page
from leadline.web.frame.reader import reader
from leadline.web.pipeline.drawing import may_act
from leadline.web.pipeline.showing import signs
from leadline.web.timeline.finding import row_of

SIGNS = ("repeat", "check", "triangle-alert", "clipboard")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The days asked for. A script that goes on to others gets them alone."""
    ask = asked(request)
    remember(request, ask.view)
    axis, who = axis_for(ask), choices(ask)
    types = {kind.pk: kind for kind in ActivityType.objects.all()}
    made = columns(ask, axis, who, types)
    context = {
        "ask": ask,
        "axis": axis,
        "who": who,
        "columns": made,
        "heads": [weekday(day) for day in ask.days[:7]],
        "title": title(ask),
        "views": _views(ask),
        "overdue": overdue(ask),
        "acts": may_act(ask.user),
        "add_at": address("activity_add_form") or address("activity_add"),
        "works": [one for one in Work if any(kind.work == one for kind in types.values())],
        "signs": signs([*SIGNS, *(kind.icon for kind in types.values())]),
        "now_at": axis.place(ask.now),
        "empty": not any(column.count for column in made),
        **SAYS,
    }
    return page(request, "calendar/calendar.html", "calendar/_calendar.html", context)


SAYS: dict[str, Any] = {
    "clock": clock, "clock_of": clock_of, "weekday": weekday, "month_day": month_day, "long_day": long_day,
}  # fmt: skip


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: what it is, and the form that gives it another time."""
    row = row_of(request, Activity, pk)
    local = row.due_at.astimezone(reader().zone) if row.due_at else None
    context = {
        "row_of_one": row,
        "shown": rows_of([row], reader_of(request))[0],
        "when": when(row.due_at, row.due_on, row.minutes) if row.due_at else "",
        "day": row.due_on or (local.date() if local else ""),
        "time": local.strftime("%H:%M") if local and not row.due_on else "",
    }
    return page(request, "calendar/event.html", "calendar/_event.html", context)


def _views(ask: Asked) -> list[dict[str, Any]]:
    words = ((DAY_VIEW, _("Day")), (WEEK, _("Week")), (WORK_WEEK, _("Work week")), (MONTH, _("Month")))
    return [
        {"name": name, "word": word, "href": ask.address(view=name), "here": name == ask.view} for name, word in words
    ]
