"""The button that follows a record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from leadline.web.frame.doing import reader_of
from leadline.web.frame.places import record_url
from leadline.web.frame.refusals import by_script
from leadline.web.records.finding import find_of_kind
from leadline.web.records.followers import follow, following


@require_POST
def follow_record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Whoever sees a record may follow it, readers too: it changes nothing but what one hears."""
    record, reader = find_of_kind(kind, request, pk), reader_of(request)
    follow(reader, record, request.POST.get("on") == "1")
    if not by_script(request):
        return redirect(record_url(record))
    return render(request, "following/_follow.html", {"record": record, "kind": kind, **following(reader, record)})
