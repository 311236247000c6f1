"""A page, or only the part of it that htmx asked for: drawn by one file either way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, part: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The whole page, which includes the part; for an htmx request the part alone. Going back needs the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django_htmx's middleware
    alone = bool(htmx) and not htmx.history_restore_request
    return render(request, part if alone else template, context, status=status)
