"""The charts as pictures, for slides and mail: SVG or PNG, light whatever the reader's colours."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.insights import charts
from leadline.web.insights.answers import people_report, stage_report, whole_report
from leadline.web.insights.asked import Asked
from leadline.web.insights.drawing import PAPER, Spec, people_chart, stages_chart, titled
from leadline.web.insights.forms import COMPARED, asked_of
from leadline.web.insights.naming import attached, file_name, question_line
from leadline.web.insights.people import best_first

HOW_TO_READ = (
    gettext_lazy("Filled: as measured, with its 90 % interval. Hollow: tempered, as one would expect it to go on."),
    gettext_lazy("Dashed: all together. Triangles: above (up) or below (down) the rest beyond chance."),
)
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def stages_picture(request: HttpRequest) -> HttpResponse:
    """The funnel."""
    assert isinstance(request.user, User)
    asked = asked_of(request)
    chart = stages_chart(stage_report(asked, request.user).rows, PAPER)
    return _picture(request, asked, "funnel", titled(chart, _("From stage to stage"), [question_line(asked)]))


@require_safe
def people_picture(request: HttpRequest) -> HttpResponse:
    """People or teams side by side."""
    assert isinstance(request.user, User)
    asked = asked_of(request)
    rows = best_first(asked, people_report(asked, request.user).rows)
    whole = whole_report(asked, request.user).rows[0]["value"]
    measured = str(dict(COMPARED)[asked.compare])
    lines = [question_line(asked), *map(str, HOW_TO_READ)]
    return _picture(request, asked, "people", titled(people_chart(asked, rows, whole, PAPER), measured, lines))


def _picture(request: HttpRequest, asked: Asked, what: str, spec: Spec) -> HttpResponse:
    kind = request.GET.get("kind", "svg")
    if kind not in TYPES:
        raise BadRequest(f"There is no picture of kind {kind!r}; ask for svg or png.")
    response = HttpResponse(charts.picture(spec, kind), content_type=TYPES[kind])
    response.headers["Content-Disposition"] = attached(file_name(what, asked, kind))
    return response
