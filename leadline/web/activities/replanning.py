"""Other days for what was left undone: one by a key, many spread over the next days; a result per row, one undo."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.activities.being_due import overdue
from leadline.activities.models import Activity
from leadline.activities.replanning import Spread, due_on, planned, spread
from leadline.crm.listing.changing import Outcome, change_all
from leadline.crm.working_time import company_days
from leadline.history.numbers import number_of, numbers_of
from leadline.web.activities import due
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.reader import reader
from leadline.web.frame.refusals import by_script
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import row_of

MOST = 500  # at one stroke
SPREAD, TOMORROW, DAY = "spread", "tomorrow", "day"


@require_POST
def activity_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for one: `to` is "tomorrow", "week" (a week on), both on a working day, or a day itself."""
    row, by = row_of(request, Activity, pk), doer(request)
    row.edit(by=by, **due_on(row, _day_of(request.POST.get("to", "")), reader().zone, timezone.now()))
    text = _("%(what)s moved: %(when)s.") % {"what": row, "when": due.when(row)}
    return answer(request, by, text, row.guarded_by(), row)


@require_http_methods(["GET", "HEAD", "POST"])
def activities_replan(request: HttpRequest) -> HttpResponse:
    """GET: how to re-plan `ids`, or all of mine that are `overdue`. POST: does so; what was refused is told by row."""
    user = reader_of(request)
    data = request.POST if request.method == "POST" else request.GET
    rows = _rows(user, data)
    context: dict[str, Any] = {
        "rows": rows,
        "ids": ",".join(str(row.pk) for row in rows),
        "how": data.get("how", SPREAD),
    }
    if request.method != "POST":
        return _form(request, rows, context)
    by = doer(request)
    try:
        result = _replanned(rows, data.get("how", SPREAD), data, by)
    except ValidationError as error:
        return _form(request, rows, context | {"errors": error.messages}, 422)
    return _told(request, rows, by, result.outcome)


def _rows(user: User, data: Any) -> list[Activity]:
    """Those asked for that the person sees and that are still to be done."""
    seen = Activity.objects.visible_to(user).kept().filter(done_at=None).select_related("type", "owner")
    if data.get("overdue"):
        seen = seen.filter(overdue(timezone.now(), reader().zone), owner=user).order_by("due_at")
    else:
        seen = seen.filter(pk__in=numbers_of(data.get("ids", "").split(","))[:MOST]).order_by("due_at", "pk")
    return list(seen[:MOST])


def _replanned(rows: Sequence[Activity], how: str, data: Any, by: Actor) -> Spread:
    if how == SPREAD:
        return spread(rows, by=by, per_day=_per_day(data), zone=reader().zone)
    day, now = _day_of(data.get("day", "") if how == DAY else TOMORROW), timezone.now()

    def deed(activity: Any, doing: Actor) -> None:
        activity.edit(by=doing, **due_on(activity, day, reader().zone, now))

    seen = Activity.objects.visible_to(by.user) if by.user else Activity.objects.all()
    outcome = change_all(seen.kept(), [row.pk for row in rows], deed, by)
    return Spread({row.pk: day for row in rows}, outcome)


def _per_day(data: Any) -> int | None:
    """At most so many a day; None where nobody says. Raises ValidationError."""
    given = data.get("per_day", "").strip()
    per_day = number_of(given) if given else None
    if given and per_day is None:
        raise ValidationError({"per_day": _("Write a number.")})
    return per_day


def _day_of(text: str) -> dt.date:
    """The next working day, a working day in a week, or the very day that is written. Raises ValidationError."""
    today = due.today()
    if text in (TOMORROW, "week"):
        return company_days().from_day(today + dt.timedelta(days=1 if text == TOMORROW else 7))
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"day": _("Choose a day.")}) from None


def _form(request: HttpRequest, rows: Sequence[Activity], context: dict[str, Any], status: int = 200) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    days = _days(rows, data)
    context |= {"days": [(due.day_word(day), count) for day, count in sorted(days.items())]}
    context |= {"per_day": data.get("per_day", "")}
    context |= {"tomorrow": due.day_word(_day_of(TOMORROW)), "today": due.today().isoformat()}
    return page(request, "activities/replan.html", "activities/_replan.html", context, status=status)


def _days(rows: Sequence[Activity], data: Any) -> Counter[dt.date]:
    """How many would fall on which day; as if nobody said how many a day where what was said cannot be."""
    try:
        days = planned(rows, per_day=_per_day(data), zone=reader().zone)
    except ValidationError:
        days = planned(rows, zone=reader().zone)
    return Counter(days.values())


def _told(request: HttpRequest, rows: Sequence[Activity], by: Actor, outcome: Outcome) -> HttpResponse:
    """The dialog closes where all went well; else it says of each row that was left why."""
    count = len(outcome.changed)
    text = ngettext("%(count)d activity re-planned.", "%(count)d activities re-planned.", count) % {"count": count}
    changes = [{"kind": "activity", "id": pk, "mine": True, "fields": [], "on": {}} for pk in outcome.changed]
    response = HttpResponse(status=204)
    if outcome.refused or not by_script(request):
        left = [(outcome.names.get(pk, ""), why) for pk, why in outcome.refused.items()]
        whole = "activities/_replanned.html" if by_script(request) else "activities/replanned.html"
        response = render(request, whole, {"text": text, "left": left})
    return done(response, by, text, changes=changes) if count else response
