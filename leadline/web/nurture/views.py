"""The page of the nurture stream, and the one act that it has of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.activities import coming_back
from leadline.web.frame.doing import doer, reader_of
from leadline.web.nurture.showing import KINDS, PART, surroundings
from leadline.web.records.answering import did
from leadline.web.records.finding import find_kept


@require_safe
def nurture(request: HttpRequest) -> HttpResponse:
    """Deals and leads that are parked, as far as the reader sees them."""
    alone = request.headers.get("X-Part") == "nurture"
    return render(request, PART if alone else "nurture/nurture.html", surroundings(reader_of(request), request.GET))


@require_POST
def happened(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What a record waited for has happened: it is open again, with a task for today."""
    if kind not in KINDS:
        raise Http404
    record, by = find_kept(KINDS[kind], request, pk), doer(request)
    task = coming_back.happened(record, by=by)
    words = {"record": record, "owner": task.owner}
    text = _("%(record)s is open again, with a task for %(owner)s.") % words
    changes = [{"kind": kind, "id": pk, "mine": True, "fields": [], "on": {}}]
    return did(request, by, text, reverse("nurture"), changes=changes)
