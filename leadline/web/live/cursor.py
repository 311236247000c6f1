"""How far the log had come when a page was made."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from leadline.history.reading import START, Cursor, end_of_log
from leadline.web.frame.refusals import by_script

WRITTEN = re.compile(r"(\d{1,18})-(\d{1,18})")


def written(cursor: Cursor) -> str:
    """ "0-1234": as it stands in pages and addresses."""
    return f"{cursor.txn}-{cursor.id}"


def read(text: str) -> Cursor:
    """The cursor; the start of the log for what is none."""
    match = WRITTEN.fullmatch(text)
    return Cursor(int(match[1]), int(match[2])) if match else START


def cursor_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: takes the cursor down before a page reads anything, so that no change falls between the two."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and not by_script(request) and request.user.is_authenticated:
            request.log_cursor = written(end_of_log())  # type: ignore[attr-defined]  # for base.html
        return get_response(request)

    return middleware
