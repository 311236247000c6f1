"""The page What-if, and its answer as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Pipeline
from leadline.insights import ask_what_if
from leadline.insights.ask_what_if import Wish
from leadline.web.calculator.form import pipeline_asked
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.what_if.drawing import drawn, fields
from leadline.web.what_if.form import Question
from leadline.web.what_if.table import HEADER, lines

PAGE, PART = "what_if/what_if.html", "what_if/_answer.html"


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """What would be booked; htmx gets the answer alone, so that a slider stays in hand."""
    pipeline, instead = _pipeline(request)
    if pipeline is None:
        return render(request, "calculator/nothing.html")
    form, user = _form(request, pipeline), reader_of(request)
    valid = form.is_valid()
    model = ask_what_if.model(user, pipeline.pk, form.team(), form.day())
    answer = ask_what_if.what_if(model, form.wish() if valid else Wish(), user, pipeline.pk)
    shown = fields(answer, model, form)
    context: dict[str, Any] = {"form": form, "model": model, "instead": instead, "answer": None, **shown}
    context["as_of"] = form.day()
    context["then"] = _then(request, model.ended.isoformat()) if model.ended else ""
    if not valid:
        return page(request, PAGE, PART, context, status=400)
    asked = {name: value for name, value in request.GET.items() if value and not (instead and name == "pipeline")}
    context |= {"answer": answer, "asked": urlencode(asked), **drawn(answer, model)}
    response = page(request, PAGE, PART, context)
    response.headers["HX-Replace-Url"] = f"{request.path}?{urlencode(asked)}"
    return response


@require_safe
def what_if_csv(request: HttpRequest) -> StreamingHttpResponse:
    """A line a quarter. Raises BadRequest for what is no question."""
    pipeline, instead = _pipeline(request)
    form = None if pipeline is None else _form(request, pipeline)
    if pipeline is None or form is None or instead is not None or not form.is_valid():
        raise BadRequest("This is no question that What-if understands.")
    user = reader_of(request)
    model = ask_what_if.model(user, pipeline.pk, form.team(), form.day())
    answer = ask_what_if.what_if(model, form.wish(), user, pipeline.pk)
    response = StreamingHttpResponse(csv_lines(HEADER, lines(answer)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="what-if.csv"'
    return response


def _then(request: HttpRequest, day: str) -> str:
    """The same question as of another day."""
    return f"{request.path}?{urlencode({**request.GET.dict(), 'as_of': day})}"


def _pipeline(request: HttpRequest) -> tuple[Pipeline | None, Pipeline | None]:
    """The pipeline asked about; and the same again where the address names one that is not there."""
    wanted = request.GET.get("pipeline", "")
    found = pipeline_asked(wanted)
    pipeline = found or Pipeline.default()
    return pipeline, pipeline if wanted and found is None else None


def _form(request: HttpRequest, pipeline: Pipeline) -> Question:
    return Question({**request.GET.dict(), "pipeline": pipeline.pk}, pipeline, reader_of(request))
