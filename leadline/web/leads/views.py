"""The page of a lead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Lead, LeadStatus
from leadline.web.doors.came import came
from leadline.web.frame.doing import reader_of
from leadline.web.handing_off.standing import handing
from leadline.web.leads.answering import answering
from leadline.web.leads.origins import origins
from leadline.web.records.finding import find
from leadline.web.records.page import shell
from leadline.web.records.related import sections_of


@require_safe
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, timeline, whom it is about; convert, park, discard, reopen."""
    found = find(Lead, request, pk)
    context = shell(request, found) | {
        "sections": sections_of(reader_of(request), found),
        "at_work": found.status in (LeadStatus.OPEN, LeadStatus.NURTURE),
        "converted": found.status == LeadStatus.CONVERTED,
        **answering(found),
        "origins": origins(found),
        "came": came(found),
    }
    context |= handing(found, reader_of(request), may_change=context["may_change"])
    return render(request, "leads/lead.html", context)
