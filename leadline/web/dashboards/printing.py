"""A dashboard as PDF."""

from __future__ import annotations

import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from leadline.crm.models import Dashboard
from leadline.web.dashboards.finding import seen
from leadline.web.dashboards.paper import Said, on_paper
from leadline.web.frame.doing import reader_of
from leadline.web.insights.naming import attached
from leadline.web.insights.period import company_today

SHEET = Path(__file__).with_name("dashboard.typ")
MEDIA_TYPE = "application/pdf"
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # a name would turn what stands beside it


@require_safe
def dashboard_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The dashboard as its reader sees it, to download."""
    board = seen(request, Dashboard, pk)
    response = HttpResponse(printed(on_paper(board, reader_of(request))), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = attached(file_name(board))
    return response


def file_name(board: Dashboard) -> str:
    """Such as monday-2026-11-22.pdf."""
    return f"{slugify(board.name) or 'dashboard'}-{company_today().isoformat()}.pdf"


def printed(said: Said) -> bytes:
    """The PDF of it. The words go in as data, so none of them can be markup."""
    import typst  # noqa: PLC0415  a compiler of 30 MB: kept off the start-up path

    data = json.dumps(said, ensure_ascii=False).translate(TURNING)
    return bytes(typst.compile(str(SHEET), format="pdf", sys_inputs={"data": data}))
