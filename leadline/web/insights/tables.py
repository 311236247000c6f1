"""The page's two tables as CSV: plain numbers, for further reckoning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.web.insights.answers import people_report, stage_report, stay_report
from leadline.web.insights.asked import Asked
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.insights.forms import asked_of
from leadline.web.insights.naming import attached, file_name
from leadline.web.insights.stages import lacks_stages

STAGES = (
    "stage", "entered", "advanced", "failed", "pending", "conversion", "low", "high", "skipped", "median_days",
)  # fmt: skip
PEOPLE = ("metric", "measured", "low", "high", "tempered", "n", "flag")


@require_safe
def stages_csv(request: HttpRequest) -> StreamingHttpResponse:
    """A line a stage; shares between 0 and 1."""
    asked, user = asked_of(request), _reader(request)
    days = {row["stage"]: row["value"] for row in stay_report(asked, user).rows}
    return _file(
        file_name("funnel", asked, "csv"), STAGES, (_stage(row, days) for row in stage_report(asked, user).rows)
    )


@require_safe
def people_csv(request: HttpRequest) -> StreamingHttpResponse:
    """A line a person or team."""
    asked = asked_of(request)
    rows = people_report(asked, _reader(request)).rows
    return _file(file_name("people", asked, "csv"), (asked.by, *PEOPLE), (_person(asked, row) for row in rows))


def _stage(row: dict[str, Any], days: dict[str | None, Any]) -> list[Any]:
    entered = row["n"] + row["pending"]
    failed = row["n"] - row["numerator"]
    shares = [_rounded(row[key], 6) for key in ("value", "low", "high")]
    return [
        row["stage"], entered, row["numerator"], None if lacks_stages(row) else failed, row["pending"], *shares,
        row["skipped"], _rounded(days.get(row["stage"]), 2),
    ]  # fmt: skip


def _person(asked: Asked, row: dict[str, Any]) -> list[Any]:
    digits = 6 if asked.compare == "win_rate" else 2
    numbers = [_rounded(row.get(key), digits) for key in ("value", "low", "high", "shrunk")]
    return [row[asked.by], asked.compare, *numbers, row["n"], row.get("flag")]


def _rounded(value: Any, digits: int) -> Any:
    """More digits than that say nothing, and fill a spreadsheet's columns."""
    return None if value is None else round(value, digits)


def _file(name: str, header: Sequence[str], lines: Iterator[list[Any]]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(header, lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = attached(name)
    return response


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
