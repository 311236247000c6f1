"""The views of a pipeline."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.activities.beginnings import begin
from leadline.crm.pipelines import add_default_pipeline
from leadline.web.frame import which
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.imports.offering import offers
from leadline.web.pipeline.asked import BOARD, FORECAST, asked
from leadline.web.pipeline.columns import columns
from leadline.web.pipeline.showing import surroundings


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """The pipeline that one looked at last, as one left it; where there is none, how to get one."""
    found = which.last(request)
    if found is None:
        return render(request, "pipeline/none.html", _adding(request))
    return _shown(request, found.pk, which.last_view(request) or BOARD)


@require_POST
def pipeline_start(request: HttpRequest) -> HttpResponse:
    """The usual five stages (R1), for a company that has no pipeline yet."""
    if not reader_of(request).leads:
        raise PermissionDenied(_("Only those who lead can add a pipeline."))
    if which.last(request) is None:
        add_default_pipeline(by=doer(request))
        begin()
    return redirect("pipeline")


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Columns by stage."""
    return _shown(request, pk, BOARD)


@require_safe
def forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """Columns by the month in which deals are expected to close."""
    return _shown(request, pk, FORECAST)


def _shown(request: HttpRequest, pk: int, view: str) -> HttpResponse:
    question = asked(request, pk, view)
    which.remember(request, question.pipeline, view)
    context = surroundings(request, question, columns(question))
    return page(request, "pipeline/board.html", "pipeline/_board.html", context)


def _adding(request: HttpRequest) -> dict[str, Any]:
    return {"may_add": reader_of(request).leads, "offers": offers(reader_of(request))}
