"""One activity by itself: what links, notices and digests lead to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.activities.recurring import said
from leadline.history.models import Change
from leadline.web.activities.due import when
from leadline.web.activities.rows import ActivityRow, rows_of
from leadline.web.frame.doing import reader_of
from leadline.web.frame.names import linked
from leadline.web.timeline.finding import row_of
from leadline.web.wording.at_hand import NamesAtHand
from leadline.web.wording.telling import Told, tell

TOLD = 50  # changes, the latest first


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """The activity as a row that can be ticked, all that is known of it, and what has happened to it."""
    user = reader_of(request)
    (row,) = rows_of([row_of(request, Activity, pk)], user)
    context = {
        "row": row,
        "rule": said(row.activity.repeats),
        "when": when(row.activity),
        "people": [linked().get("person", pk) for pk in row.activity.participant_ids],
        "colleagues": [linked().get("user", pk) for pk in row.activity.colleague_ids],
        "history": _history(row, user),
    }
    return render(request, "activities/activity.html", context)


def _history(row: ActivityRow, user: User) -> list[Told]:
    changes = list(Change.objects.filter(entity="activity", record_id=row.pk).order_by("-id")[:TOLD])
    names = NamesAtHand(user, changes)
    names.call(row.activity)
    return tell(changes, user, names)
