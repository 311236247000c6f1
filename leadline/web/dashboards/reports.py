"""Saved reports: the list, and acts on one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import Dashboard, SavedReport
from leadline.web.dashboards.finding import changed_by, to_change
from leadline.web.dashboards.places import place_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.records.answering import did


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """One's own reports and dashboards, and those that others share."""
    reader = reader_of(request)
    kept = SavedReport.objects.visible_to(reader).kept().select_related("owner")
    boards = Dashboard.objects.visible_to(reader).kept().select_related("owner")
    home = Dashboard.objects.filter(home_of__user=reader).first()
    context = {
        "reports": [(report, place_of(report.place, report.query)) for report in kept],
        "boards": boards,
        "home": home,
        "changes": lambda one: changed_by(reader, one),
    }
    return render(request, "dashboards/reports.html", context)


@require_POST
def report_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name; shared, or no longer. Raises ValidationError for a name that is none, or too long."""
    report, by = to_change(request, SavedReport, pk), doer(request)
    name = " ".join(request.POST.get("name", "").split())
    report.edit(by=by, name=name, shared=request.POST.get("shared") == "yes")
    return _listed(request, by, _("Report “%(name)s” saved.") % {"name": name})


@require_POST
def report_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash, with Undo."""
    report, by = to_change(request, SavedReport, pk), doer(request)
    report.trash(by=by)
    return _listed(request, by, _("Report “%(name)s” deleted.") % {"name": report})


def _listed(request: HttpRequest, by: Actor, text: str) -> HttpResponse:
    return did(request, by, text, reverse("dashboards"), go=reverse("dashboards"))
