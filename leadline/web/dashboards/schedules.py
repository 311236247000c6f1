"""Mailing a dashboard: its schedules, and acts on one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.actors import Actor
from leadline.crm.models import Dashboard
from leadline.mail.keeping import KEPT
from leadline.mail.models import Schedule
from leadline.web.dashboards.finding import to_change
from leadline.web.dashboards.mailing import try_out
from leadline.web.dashboards.rhythms import said, standings, zone_said
from leadline.web.dashboards.scheduling import ScheduleForm
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.records.answering import did


@require_http_methods(["GET", "HEAD", "POST"])
def dashboard_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: to whom and when it is mailed, and the form for one more. POST: one more."""
    return _form(request, to_change(request, Dashboard, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form of one that is there. POST: changes it."""
    found = _found(request, pk)
    return _form(request, found.dashboard, found)


@require_POST
def schedule_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """`on`: "yes", or it is paused."""
    found, by, on = _found(request, pk), doer(request), request.POST.get("on") == "yes"
    found.edit(by=by, is_on=on)
    return _back(request, found.dashboard, _("Mailed again.") if on else _("Mailing is paused."), by)


@require_POST
def schedule_try(request: HttpRequest, pk: int) -> HttpResponse:
    """One to myself, now: to see what it will be."""
    found, reader = _found(request, pk), reader_of(request)
    letter = try_out(found, reader)
    return _back(request, found.dashboard, _("Filed in your outbox: %(name)s.") % {"name": letter}, reader.via("web"))


@require_POST
def schedule_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash, with Undo."""
    found, by = _found(request, pk), doer(request)
    found.trash(by=by)
    return _back(request, found.dashboard, _("“%(when)s” removed.") % {"when": said(found)}, by)


def _found(request: HttpRequest, pk: int) -> Schedule:
    """Raises Http404 where it, or its dashboard, is not open to the reader; PermissionDenied where that is others'."""
    found: Schedule | None = Schedule.objects.kept().filter(pk=pk).first()
    if found is None:
        raise Http404
    found.dashboard = to_change(request, Dashboard, found.dashboard_id)
    return found


def _form(request: HttpRequest, board: Dashboard, there: Schedule | None) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = ScheduleForm(board, there, reader_of(request), given)
    if form.is_bound and form.is_valid():
        try:
            return _saved(request, board, there, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {
        "board": board,
        "schedule": there,
        "said": said,
        "form": form,
        "company_clock": zone_said(),
        "kept": KEPT.days,
        "standings": [] if there else standings(board),
    }
    return page(request, "dashboards/mail.html", "dashboards/_mail.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, board: Dashboard, there: Schedule | None, form: ScheduleForm) -> HttpResponse:
    by = doer(request)
    if there:
        there.edit(by=by, **form.values())
    else:
        there = Schedule(dashboard=board, **form.values()).add(by=by)
    return _back(request, board, _("Mailed: %(when)s.") % {"when": said(there)}, by)


def _back(request: HttpRequest, board: Dashboard, text: str, by: Actor) -> HttpResponse:
    at = reverse("dashboard", args=(board.pk,))
    return did(request, by, text, at, go=at)
