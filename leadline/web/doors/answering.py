"""Answers of doors that are no page: a line of text for people, JSON for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

HOOKS = "/hooks/"


def plain(request: HttpRequest, status: int, text: str, *, after: int = 0) -> HttpResponse:
    """`after`: the seconds in which to come again."""
    if request.path_info.startswith(HOOKS):
        return said(status, {"error": text}, after=after)
    return closed(HttpResponse(text, status=status, content_type="text/plain; charset=utf-8"), after)


def said(status: int, content: dict[str, Any], *, after: int = 0) -> HttpResponse:
    """JSON."""
    return closed(JsonResponse(content, status=status), after)


def closed(response: HttpResponse, after: int = 0) -> HttpResponse:
    """Kept by nobody on the way, found by no search engine."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Robots-Tag"] = "noindex"
    if after:
        response.headers["Retry-After"] = str(after)
    return response


def length(request: HttpRequest) -> int:
    """Bytes that are sent, as the request says before they are read; a server takes in no more than it says."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
