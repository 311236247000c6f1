"""A panel as a file: its table as CSV, for further reckoning; its chart as a picture, for slides and mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from leadline.insights import charts
from leadline.insights.dimensions import UnknownName
from leadline.insights.question import BadQuestion
from leadline.web.frame.doing import reader_of
from leadline.web.insights.answering import answer
from leadline.web.insights.cells import plain
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.insights.declaring import Page, Panel, Table
from leadline.web.insights.drawing import spec_of, titled
from leadline.web.insights.forms import asked_of
from leadline.web.insights.headline import headline
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.known import HEADLINE
from leadline.web.insights.naming import attached, file_name, question_line
from leadline.web.insights.sections import opener
from leadline.web.insights.shortening import drawn_said
from leadline.web.insights.views import panel_of

TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def panel_csv(request: HttpRequest, page: str, panel: str) -> StreamingHttpResponse:
    """A line a row: labels, then each number with its interval. Shares between 0 and 1, unknown ones empty."""
    found = panel_of(page, panel)
    inquiry = Inquiry(asked_of(request, found[0]), reader_of(request), found[0])
    header, lines = _figures(found[0], inquiry) if panel == HEADLINE else _table(answered(found[1], inquiry))
    response = StreamingHttpResponse(csv_lines(header, lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = attached(file_name(f"{page}-{panel}", inquiry.asked, "csv"))
    return response


@require_safe
def panel_picture(request: HttpRequest, page: str, panel: str) -> HttpResponse:
    """SVG or PNG, light whatever the reader's colours; it says what it shows, of when, and how to read it."""
    (declared, wanted), kind = panel_of(page, panel), request.GET.get("kind", "svg")
    if kind not in TYPES:
        raise BadRequest(f"There is no picture of kind {kind!r}; ask for svg or png.")
    if wanted.chart is None:
        raise Http404
    inquiry = Inquiry(asked_of(request, declared), reader_of(request), declared)
    table = answered(wanted, inquiry)
    whole = "whole" in request.GET
    spec = spec_of(wanted, table, opener(inquiry, wanted), whole=whole)
    says = wanted.chart.help if table.rows else table.nothing or wanted.chart.help
    lines = [question_line(inquiry.asked), drawn_said(wanted, table, whole), str(says)]
    response = HttpResponse(
        charts.picture(titled(spec, str(wanted.title), [line for line in lines if line]), kind),
        content_type=TYPES[kind],
    )
    response.headers["Content-Disposition"] = attached(file_name(f"{page}-{panel}", inquiry.asked, kind))
    return response


def answered(panel: Panel, inquiry: Inquiry) -> Table:
    """The panel's table. Raises BadRequest for a question that cannot be answered."""
    try:
        return answer(panel, inquiry)
    except (BadQuestion, UnknownName) as error:
        raise BadRequest(str(error)) from error


def _table(table: Table) -> tuple[list[str], Iterator[list[Any]]]:
    if table.nothing and not table.rows:
        return [str(table.nothing)], iter(())
    keys: list[str] = []
    for column in table.columns:
        bounds = [key for key in (column.low, column.high) if any(row.get(key) is not None for row in table.rows)]
        keys += [column.key, *bounds]
    titles = {column.key: str(column.title) for column in table.columns if "|" in column.key}
    labels = [name for name in table.by if not table.rows or name in table.rows[0]]
    header = [*labels, *(titles.get(key) or _bound(key, titles) for key in keys)]
    return header, ([*(row[name] for name in labels), *(plain(row.get(key)) for key in keys)] for row in table.rows)


def _bound(key: str, titles: dict[str, str]) -> str:
    """The heading of an interval's end in a table of two dimensions: "Referral.low"."""
    name, _dot, end = key.rpartition(".")
    return f"{titles[name]}.{end}" if name in titles else key


def _figures(page: Page, inquiry: Inquiry) -> tuple[list[str], Iterator[list[Any]]]:
    found = headline(page.figures, inquiry)
    return ["number", "value", "before"], (
        [str(figure.word), plain(figure.number), plain(figure.was.number) if figure.was else None] for figure in found
    )
