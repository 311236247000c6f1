"""An event is put somewhere else on the calendar, or made longer or shorter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.activities.models import Activity
from leadline.history.numbers import number_of
from leadline.web.calendar.wording import when
from leadline.web.frame.doing import doer, done
from leadline.web.frame.reader import reader
from leadline.web.frame.refusals import by_script
from leadline.web.timeline.finding import row_of

LONGEST = 30 * 24 * 60  # minutes


@require_POST
def calendar_move(request: HttpRequest, pk: int) -> HttpResponse:
    """To `time` on `day` by the reader's clock (with `again`, of an hour that comes twice, the second), or to the day
    alone; `minutes` long. What is not sent stays. `saw` and `saw_minutes` are what the page showed before."""
    row, by = row_of(request, Activity, pk), doer(request)
    if row.is_done:
        raise ValidationError(_("This is done. Reopen it to give it another time."))
    values = _time(request) | _minutes(request)
    row.edit(by=by, expect=_expected(request), **values)
    said_when = when(row.due_at, row.due_on, row.minutes) if row.due_at else _("No time")
    text = _("%(what)s: %(when)s") % {"what": row, "when": said_when}
    changes = [{"kind": row.ENTITY, "id": row.pk, "mine": True, "fields": [], "on": {}}]
    said = {"due": str(row.due_at.timestamp()) if row.due_at else "", "minutes": row.minutes}
    answer: HttpResponse = JsonResponse(said) if by_script(request) else redirect("calendar_event", row.pk)
    return done(answer, by, text, changes=changes)


def _time(request: HttpRequest) -> dict[str, Any]:
    day, time = request.POST.get("day", "").strip(), request.POST.get("time", "").strip()
    if not day:
        return {}
    if not time:
        return {"due_on": _parsed(parse_date, day)}
    moment = clock_to_moment(_parsed(parse_datetime, f"{day}T{time}"), bool(request.POST.get("again")))
    return {"due_at": moment, "due_on": None}


def clock_to_moment(clock: dt.datetime, again: bool = False) -> dt.datetime:
    """The moment of a time on the reader's clock. One that the clock leaves out is as much later."""
    if clock.tzinfo is None:
        clock = clock.replace(tzinfo=reader().zone, fold=int(again))
    return clock.astimezone(dt.UTC)


def _minutes(request: HttpRequest) -> dict[str, Any]:
    if "minutes" not in request.POST:
        return {}
    text = request.POST["minutes"].strip()
    minutes = number_of(text) if text else None
    if text and (minutes is None or minutes > LONGEST):
        raise ValidationError({"minutes": _("Write how many minutes it takes, up to %(most)d.") % {"most": LONGEST}})
    return {"minutes": minutes}


def _expected(request: HttpRequest) -> dict[str, Any]:
    expected: dict[str, Any] = {}
    if saw := request.POST.get("saw", ""):
        try:
            expected["due_at"] = dt.datetime.fromtimestamp(float(saw), dt.UTC)
        except (ValueError, OverflowError, OSError):
            raise ValidationError(_("Load the page anew: it is not known what it showed.")) from None
    if "saw_minutes" in request.POST:
        expected["minutes"] = number_of(request.POST["saw_minutes"])
    return expected


def _parsed(read: Any, text: str) -> Any:
    try:
        found = read(text)
    except ValueError:
        found = None
    if found is None or not 1970 <= found.year <= timezone.now().year + 100:
        raise ValidationError({"due": _("Write a day and a time, such as 2026-11-22 14:30.")})
    return found
