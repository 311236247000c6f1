"""How often one person may search: far more often than anybody types, not as often as a program could."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leadline.web.frame.limits import Limit

MOST = 400  # questions
WITHIN = 30.0  # seconds

_limit = Limit()


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that answers 429 with Retry-After when one person has asked too often. Counted in this process."""

    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        wait = _limit.wait(request.user.pk or 0, time.monotonic(), MOST, WITHIN)
        if not wait:
            return view(request, *args, **kwargs)
        return _refused(request, wait)

    return counted


def forget() -> None:
    """Nobody has asked anything."""
    _limit.forget()


def _refused(request: HttpRequest, wait: int) -> HttpResponse:
    text = _("You have searched very often. Try again in %(seconds)d seconds.") % {"seconds": wait}
    whole = not (request.headers.get("HX-Request") or request.headers.get("Sec-Fetch-Mode") == "cors")
    response = render(request, "search/limited.html" if whole else "search/_limited.html", {"text": text}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
