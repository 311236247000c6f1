"""The charts as pictures, for slides and mail: SVG or PNG, light whatever the reader's colours."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.insights import charts
from leadline.web.insights.answers import people_report, stage_report, whole_report
from leadline.web.insights.drawing import PAPER, Spec, people_chart, stages_chart
from leadline.web.insights.forms import asked_of
from leadline.web.insights.people import best_first

TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def stages_picture(request: HttpRequest) -> HttpResponse:
    """The funnel."""
    assert isinstance(request.user, User)
    rows = stage_report(asked_of(request), request.user).rows
    return _picture(request, "funnel", stages_chart(rows, PAPER))


@require_safe
def people_picture(request: HttpRequest) -> HttpResponse:
    """People or teams side by side."""
    assert isinstance(request.user, User)
    asked = asked_of(request)
    rows = best_first(asked, people_report(asked, request.user).rows)
    whole = whole_report(asked, request.user).rows[0]["value"]
    return _picture(request, "people", people_chart(asked, rows, whole, PAPER))


def _picture(request: HttpRequest, name: str, spec: Spec) -> HttpResponse:
    kind = request.GET.get("kind", "svg")
    if kind not in TYPES:
        raise BadRequest(f"There is no picture of kind {kind!r}; ask for svg or png.")
    response = HttpResponse(charts.picture(spec, kind), content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'inline; filename="{name}.{kind}"'
    return response
