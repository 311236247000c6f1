"""The view of ideas."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.web.ideas.showing import PART, surroundings
from leadline.web.today.whose import day_of


@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    """One's own ideas; or, to read, those of somebody whom one leads."""
    alone = request.headers.get("X-Part") == "ideas"
    return render(request, PART if alone else "ideas/ideas.html", surroundings(day_of(request), request.GET))
