"""What is soon due, for the page that is open: browsers remind of it while one is, each activity once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.models import User
from leadline.activities.models import Activity, Habits
from leadline.web.activities.rows import ActivityRow, rows_of
from leadline.web.frame.doing import reader_of

AHEAD = dt.timedelta(days=1)  # the earliest that a reminder calls before the hour
AGO = dt.timedelta(minutes=15)  # what was due while no page was open is called for so long
SOON = dt.timedelta(seconds=90)  # pages ask every minute
MOST = 50
LONGEST = 1440  # minutes


@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """[{"id", "call_at", "title", "text", "href"}] of mine that call within a minute or have just called; 204 for none.

    With the header Leadline-Reminders "off" where somebody wants none, so that pages ask no more.
    """
    user = reader_of(request)
    habits = Habits.of(user)
    if not habits.reminders:
        return HttpResponse(status=204, headers={"Leadline-Reminders": "off"})
    found = due_soon(user, habits.remind_before, timezone.now())
    if not found:
        return HttpResponse(status=204)
    return JsonResponse([_told(row, call) for row, call in found], safe=False)


def due_soon(user: User, usual: int, now: dt.datetime) -> list[tuple[ActivityRow, dt.datetime]]:
    """Activities with an hour that somebody owns or takes part in, and when each calls; `usual` minutes before."""
    coming = (
        Activity.objects.of(user).planned().filter(due_on=None, due_at__gt=now - AGO, due_at__lte=now + AHEAD + SOON)
    )
    rows = rows_of(coming.distinct()[:MOST], user)
    return [(row, call) for row in rows if (call := _call(row.activity, usual)) and call <= now + SOON]


def _call(activity: Activity, usual: int) -> dt.datetime | None:
    before = usual if activity.remind_before is None else activity.remind_before
    return activity.due_at - dt.timedelta(minutes=before) if activity.due_at else None


def _told(row: ActivityRow, call: dt.datetime) -> dict[str, Any]:
    on = ", ".join(str(record) for record in row.on[:2])
    text = " · ".join(filter(None, [row.when, on, row.activity.place]))
    due = f"{row.activity.due_at:%Y%m%dT%H%M}"
    href = reverse("activity", args=[row.pk])
    return {"id": f"{row.pk}@{due}", "call_at": call.isoformat(), "title": row.word, "text": text, "href": href}


class RemindersForm(forms.Form):
    """Whether the browser reminds, and how many minutes before."""

    reminders = forms.BooleanField(required=False)
    remind_before = forms.IntegerField(min_value=0, max_value=LONGEST)


@require_POST
def reminders_set(request: HttpRequest) -> HttpResponse:
    """My own habit."""
    form = RemindersForm(request.POST)
    if form.is_valid():
        Habits.objects.update_or_create(user=reader_of(request), defaults=form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose 0 to %(most)d minutes.") % {"most": LONGEST})
    return redirect("me")
