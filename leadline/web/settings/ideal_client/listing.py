"""The criteria in their order, each in words, with what it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadline.crm import filtering, fitting
from leadline.crm.models import FitCriterion
from leadline.web.frame.doing import reader_of
from leadline.web.lists.writing import READING
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change, moved
from leadline.web.settings.frame import draw


@dataclass(frozen=True)
class Shown:
    """A criterion in words; `broken` says why it counts for nothing now."""

    row: FitCriterion
    holds: list[str]
    broken: list[str]


@require_safe
def ideal_client(request: HttpRequest) -> HttpResponse:
    return draw_criteria(request)


def draw_criteria(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    rows = list(FitCriterion.objects.kept())
    context: dict[str, Any] = {
        "here": reverse("ideal_client"),
        "criteria": [_shown(request, row) for row in rows],
        "orders": moved([row.pk for row in rows]),
        "gone": list(FitCriterion.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]),
        "can": may_change(request, FitCriterion),
        "most": sum(row.weight for row in rows if row.weight > 0),
        "progress": fitting.progress(),
        "wrong": wrong,
    }
    return draw(
        request,
        "settings/ideal_client/ideal_client.html",
        context,
        part="settings/ideal_client/_criteria.html",
        status=status,
    )


def _shown(request: HttpRequest, row: FitCriterion) -> Shown:
    """As this reader may read it: what they may not see has no name."""
    try:
        fitting.read(row.of, row.query)
    except ValidationError as error:
        return Shown(row, [], error.messages)
    return Shown(row, filtering.read(row.of, row.query, reader_of(request)).words(READING), [])
