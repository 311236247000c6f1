"""The page of an organization."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Organization
from leadline.web.frame.doing import reader_of
from leadline.web.records.finding import find
from leadline.web.records.page import shell
from leadline.web.records.related import sections_of


@require_safe
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, timeline, and its people, deals and leads."""
    found = find(Organization, request, pk)
    context = shell(request, found) | {"sections": sections_of(reader_of(request), found)}
    return render(request, "organizations/organization.html", context)
