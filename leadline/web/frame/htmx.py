"""A part of a page that must not become a whole other page: redirects of htmx requests move the browser instead."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def whole_redirects(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: whoever was signed out meanwhile comes to the sign-in page, not to a sign-in page inside a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request") and 300 <= response.status_code < 400 and response.has_header("Location"):
            moved = HttpResponse(status=204)
            moved.headers["HX-Redirect"] = response.headers["Location"]
            return moved
        return response

    return middleware
