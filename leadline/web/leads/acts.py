"""A lead is discarded, parked for later, or taken up again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.crm.models import Lead
from leadline.crm.working_days import months_after
from leadline.crm.working_time import company_days
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.records.answering import did
from leadline.web.records.discarding import discarding, read_discard
from leadline.web.records.ending import read_waiting
from leadline.web.records.finding import find

LATER = 3  # months: what the form proposes


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing will come of it; why tells the numbers, and helps whoever meets them again."""
    lead, by = find(Lead, request, pk), doer(request)
    context = discarding(reader_of(request)) | {"lead": lead, "given": request.POST, "wrong": ""}
    if request.method != "POST":
        return page(request, "leads/discard.html", "leads/_discard.html", context)
    try:
        read_discard(request.POST).discard(lead, by)
    except ValidationError as error:
        context["wrong"] = " ".join(error.messages)
        return page(request, "leads/discard.html", "leads/_discard.html", context, status=422)
    return did(request, by, _("%(lead)s is discarded.") % {"lead": lead}, record_url(lead), kind="lead", id=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def park(request: HttpRequest, pk: int) -> HttpResponse:
    """Until a day ahead; a day that cannot be stands in the form again, with the reason."""
    lead, by = find(Lead, request, pk), doer(request)
    later = company_days().from_day(months_after(timezone.localdate(), LATER))
    context = {
        "lead": lead,
        "day": later.isoformat(),
        "event": lead.come_back_event,
        "reason": lead.parked_reason,
        "wrong": "",
    }
    if request.method != "POST":
        return page(request, "leads/park.html", "leads/_park.html", context)
    given = request.POST
    try:
        lead.park(by=by, **read_waiting(given))
    except ValidationError as error:
        day = given.get("come_back_on", "")
        context |= {"day": day, "event": given.get("event", ""), "reason": given.get("reason", "")}
        context |= {"wrong": " ".join(error.messages)}
        return page(request, "leads/park.html", "leads/_park.html", context, status=422)
    return did(request, by, _("%(lead)s is parked.") % {"lead": lead}, record_url(lead), kind="lead", id=pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """To be worked on again."""
    lead, by = find(Lead, request, pk), doer(request)
    lead.reopen(by=by)
    return did(request, by, _("%(lead)s is open again.") % {"lead": lead}, record_url(lead), kind="lead", id=pk)
