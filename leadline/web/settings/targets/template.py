"""The grid of a year as a table to fill in and to bring in again."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.insights import periods
from leadline.web.frame.doing import reader_of
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.insights.naming import attached
from leadline.web.insights.period import company_calendar, company_today
from leadline.web.settings.targets.grid import Line, grid
from leadline.web.settings.targets.quarters import quarters_of
from leadline.web.settings.targets.reading import metric_asked, year_asked

HEADINGS = ("metric", "person", "team", "pipeline", "period", "amount")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Whoever the reader sees, each quarter, with the amounts that are set; as the import reads it."""
    metric, year = metric_asked(request), year_asked(request, company_today())
    lines = grid(reader_of(request), metric, quarters_of(year), {}, "")
    response = HttpResponse("".join(csv_lines(HEADINGS, rows(metric, lines))), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = attached(f"targets-{metric}-{year}.csv")
    return response


def rows(metric: str, lines: list[Line]) -> Iterator[tuple[object, ...]]:
    """A row for each cell. People are named by their address where they have one: names may be alike."""
    calendar = company_calendar()
    kind = "quarter" if calendar.fiscal_start == 1 else "fiscal_quarter"
    addresses = {f"user-{pk}": email for pk, email in User.objects.exclude(email=None).values_list("pk", "email")}
    for line in lines:
        person = addresses.get(line.key, line.name) if line.kind == "person" else ""
        team = line.name if line.kind == "team" else ""
        for cell in line.cells:
            period = periods.label(kind, cell.quarter.start_on, calendar)
            yield metric, person, team, "", period, "" if cell.amount is None else f"{cell.amount:f}"
