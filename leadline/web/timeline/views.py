"""The stream by itself: for paging on, choosing what is shown, and drawing it anew after a change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.web.timeline import stream
from leadline.web.timeline.finding import record_of


@require_safe
def timeline(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Behind a mark only the entries; else what stands on top as well."""
    found = stream.of(request, record_of(request, kind, pk))
    template = "timeline/_entries.html" if found.before else "timeline/_stream.html"
    return render(request, template, {"timeline": found, "record": found.record})
