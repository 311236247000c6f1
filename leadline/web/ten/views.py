"""The view of 1st & 10."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.web.ten.showing import PART, surroundings
from leadline.web.today.whose import day_of


@require_safe
def ten(request: HttpRequest) -> HttpResponse:
    """One's own list of today, made where there is none yet; or, to read, that of somebody whom one leads."""
    day = day_of(request)
    alone = request.headers.get("X-Part") == "ten"
    return render(request, PART if alone else "ten/ten.html", surroundings(day, make=True))
