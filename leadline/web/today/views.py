"""The views of Today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.activities.models import Activity
from leadline.crm.models import Deal, Lead, Pipeline
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.goals.region import region as rings
from leadline.web.imports.offering import offers
from leadline.web.today.showing import surroundings
from leadline.web.today.whose import day_of


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What somebody has to do today; in an empty company what will be here, and how to fill it."""
    day = day_of(request)
    if not any(kind.objects.exists() for kind in (Deal, Activity, Lead)):
        return _nothing_yet(request)
    return page(request, "today/today.html", "today/_today.html", surroundings(request, day))


@require_safe
def today_goals(request: HttpRequest) -> HttpResponse:
    """The goals as rings: counted from the log, so they come once the page stands."""
    day = day_of(request)
    return render(request, "goals/_rings.html", rings(day.viewer, day.now, of=day.person))


def _nothing_yet(request: HttpRequest) -> HttpResponse:
    """What will stand here, and the ways to fill it."""
    viewer = reader_of(request)
    context = {"pipeline": Pipeline.default(), "leads": viewer.leads, "offers": offers(viewer)}
    return render(request, "today/none.html", context)
