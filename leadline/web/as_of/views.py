"""The board of a past day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from leadline.crm.models import Pipeline, base_currency
from leadline.crm.working_days import months_after
from leadline.insights import moments
from leadline.insights.ask_board import board_as_of, first_day
from leadline.web.as_of.drawing import lanes
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.insights.period import company_today
from leadline.web.pipeline.showing import ways_of
from leadline.web.pipeline.wording import head_money

AS_OF = "board_as_of"
EARLIEST = dt.timedelta(days=3660)  # a slider of more days than this could not be aimed


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Read-only; the day is in the address, a month ago at first."""
    pipeline = get_object_or_404(Pipeline.objects.kept(), pk=pk)
    user, today = reader_of(request), company_today()
    first = max(first_day(pk) or today, today - EARLIEST)
    day = min(max(_day(request.GET.get("on", "")) or months_after(today, -1), first), today)
    columns = board_as_of(pk, day, user)
    context: dict[str, Any] = {
        "pipeline": pipeline,
        "pipelines": list(Pipeline.objects.kept()),
        "day": day,
        "first": first,
        "today": today,
        "lanes": lanes(columns, moments.end(day, settings.LEADLINE_TIME_ZONE), user),
        "count": sum(column.count for column in columns),
        "total": sum(column.total for column in columns),
        "currency": base_currency(),
        "short": head_money,
        "views": ways_of(pk, AS_OF),
        "next_day": min(day + dt.timedelta(days=1), today),
    }
    return page(request, "as_of/page.html", "as_of/_board.html", context)


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
