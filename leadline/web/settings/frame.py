"""Drawing a page of settings: the page in its frame, or only the part that htmx asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.web.frame.parts import page
from leadline.web.settings.navigation import places_for


def draw(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """`template` extends settings/_frame.html. With `part`, htmx gets that template alone."""
    filled = {**(context or {}), "settings_places": places_for(request)}
    if part:
        return page(request, template, part, filled, status)
    return render(request, template, filled, status=status)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every page of settings with the sentence that says what it is for."""
    return draw(request, "settings/overview.html")
