"""The page of the calculator."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Pipeline
from leadline.insights.ask_needed import needed_for
from leadline.web.calculator.drawing import drawn
from leadline.web.calculator.form import Question, key_of, pipeline_asked
from leadline.web.calculator.usual import usual
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.insights.period import company_today

PAGE, PART = "calculator/calculator.html", "calculator/_needed.html"


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """What a target needs; htmx gets the answer alone, so that a slider stays in hand."""
    user, today = reader_of(request), company_today()
    wanted = request.GET.get("pipeline", "")
    found = pipeline_asked(wanted)
    pipeline = found or Pipeline.default()
    if pipeline is None:
        return render(request, "calculator/nothing.html")
    form = Question({**request.GET.dict(), "pipeline": pipeline.pk}, pipeline, user)
    instead = pipeline if wanted and found is None else None
    context: dict[str, Any] = {"form": form, "answer": None, "instead": instead}
    if not form.is_valid():
        return page(request, PAGE, PART, {**context, "about": request.GET.get("whose", "")}, status=400)
    question, aim, whose = usual(user, today, pipeline.pk, form.about())
    answer = needed_for(form.asked(question), user, today)
    context |= {"answer": answer, "about": key_of(whose), **drawn(answer, aim, form, pipeline)}
    response = page(request, PAGE, PART, context)
    gone = {"pipeline"} if instead else set()
    asked = [(name, value) for name, value in request.GET.items() if value and name not in gone]
    response.headers["HX-Replace-Url"] = f"{request.path}?{urlencode(asked)}"
    return response
