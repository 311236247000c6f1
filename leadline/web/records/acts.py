"""Into the trash and out of it: the same for every record that has a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.web.frame.doing import doer
from leadline.web.frame.places import record_url
from leadline.web.records.answering import did
from leadline.web.records.finding import find_of_kind


@require_POST
def trash(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """To be found again in the trash, by undo, and on its own page."""
    record, by = find_of_kind(kind, request, pk), doer(request)
    record.trash(by=by)
    return did(request, by, _("%(record)s is in the trash.") % {"record": record}, record_url(record), kind=kind, id=pk)


@require_POST
def restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Back from the trash; what was merged into another stands on its own again."""
    record, by = find_of_kind(kind, request, pk), doer(request)
    record.restore(by=by)
    return did(request, by, _("%(record)s is back.") % {"record": record}, record_url(record), kind=kind, id=pk)
