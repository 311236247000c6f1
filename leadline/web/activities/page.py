"""One activity by itself: what links, notices and digests lead to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.activities.models import Activity
from leadline.web.activities.rows import rows_of
from leadline.web.frame.doing import reader_of
from leadline.web.timeline.finding import row_of


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """The activity as a row."""
    (row,) = rows_of([row_of(request, Activity, pk)], reader_of(request))
    return render(request, "activities/activity.html", {"row": row})
