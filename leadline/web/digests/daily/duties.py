"""What is to be done today, and what should have been done."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from babel import dates
from django.utils.translation import gettext as _

from leadline.activities.being_due import due_by
from leadline.activities.being_due import overdue as late
from leadline.activities.calendar_file.working import Names, about, names_of
from leadline.activities.models import Activity
from leadline.web.digests.parts import Line, Part, Scope
from leadline.web.feeds.reading import link
from leadline.web.frame import formats
from leadline.web.frame.navigation import address
from leadline.web.frame.reader import reader

SHOWN = 8


def due_today(scope: Scope) -> Part | None:
    """In the order of their hours."""
    rows = _mine(scope).filter(due_by(scope.on_day, scope.zone)).exclude(late(scope.now, scope.zone))
    asked = {"owner": scope.user.pk, "done": "no", "overdue": "no", "due_at": scope.on_day.isoformat()}
    return _part("due", _("Due today"), "calendar-clock", rows, asked, scope)


def overdue(scope: Scope) -> Part | None:
    """The longest overdue last: what is fresh can be saved."""
    rows = _mine(scope).filter(late(scope.now, scope.zone)).order_by("-due_at", "pk")
    return _part("overdue", _("Overdue"), "clock", rows, {"owner": scope.user.pk, "overdue": "yes"}, scope)


def _mine(scope: Scope) -> Any:
    return Activity.objects.kept().filter(owner=scope.user, done_at=None).order_by("due_at", "pk")


def _part(key: str, title: str, icon: str, rows: Any, asked: dict[str, Any], scope: Scope) -> Part | None:
    count = rows.count()
    if not count:
        return None
    shown = list(rows.select_related("type")[:SHOWN])
    names = names_of(scope.user, shown)
    lines = tuple(_line(one, names, scope) for one in shown)
    return Part(
        key, title, icon, formats.number(count), f"{address('activities')}?{urlencode(asked)}", lines, _more(count)
    )


def _more(count: int) -> str:
    return _("and %(count)s more") % {"count": formats.number(count - SHOWN)} if count > SHOWN else ""


def _line(one: Activity, names: Names, scope: Scope) -> Line:
    place = about(one, names)
    words = " · ".join(word for word in (str(one), names.get(place, "")) if word)
    return Line(words, _when(one, scope), link(*place), "activity", one.pk)


def _when(one: Activity, scope: Scope) -> str:
    assert one.due_at is not None
    at = one.due_at.astimezone(scope.zone)
    if one.due_on or at.date() != scope.on_day:
        return "" if one.due_on == scope.on_day else formats.day(one.due_on or at.date())
    return str(dates.format_time(at.time(), "short", locale=reader().locale))
