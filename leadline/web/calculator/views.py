"""The page of the calculator."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Pipeline
from leadline.insights.ask_needed import needed_for
from leadline.web.calculator.drawing import drawn
from leadline.web.calculator.form import Question, pipeline_asked, whose
from leadline.web.calculator.usual import usual
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.insights.period import company_today

PAGE, PART = "calculator/calculator.html", "calculator/_needed.html"


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """What a target needs; htmx gets the answer alone, so that a slider stays in hand."""
    user, today = reader_of(request), company_today()
    pipeline = pipeline_asked(request.GET.get("pipeline", "")) or Pipeline.default()
    if pipeline is None:
        return render(request, "calculator/nothing.html")
    form = Question({**request.GET.dict(), "pipeline": pipeline.pk}, pipeline)
    if not form.is_valid():
        return page(request, PAGE, PART, {"form": form, "answer": None}, status=400)
    question, aim = usual(user, today, pipeline.pk, *whose(form.cleaned_data["whose"]))
    answer = needed_for(form.asked(question), user, today)
    response = page(request, PAGE, PART, {"form": form, "answer": answer, **drawn(answer, aim, form)})
    asked = [(name, value) for name, value in request.GET.items() if value]
    response.headers["HX-Replace-Url"] = f"{request.path}?{urlencode(asked)}"
    return response
