"""The page of a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Person
from leadline.web.frame.doing import reader_of
from leadline.web.records.finding import find
from leadline.web.records.page import shell
from leadline.web.records.related import sections_of


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, timeline, where they work, deals, leads, what is planned."""
    found = find(Person, request, pk)
    context = shell(request, found) | {
        "sections": sections_of(reader_of(request), found),
        "may_erase": reader_of(request).is_administrator,
    }
    return render(request, "people/person.html", context)
