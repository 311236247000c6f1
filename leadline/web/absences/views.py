"""Saying when somebody is away, and who stands in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.accounts.models import Role, User
from leadline.crm.models import Absence
from leadline.crm.models.personal import people_led
from leadline.history.numbers import number_of
from leadline.web.absences.showing import absences
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.formats import day
from leadline.web.frame.refusals import by_field
from leadline.web.settings.acting import acted

PART = "absences/_absences.html"


@require_POST
def absence_add(request: HttpRequest) -> HttpResponse:
    """Of oneself, or of somebody whom one leads."""
    by, reader = doer(request), reader_of(request)
    try:
        absence = Absence(owner=_whose(request, reader), **_values(request)).add(by=by)
    except ValidationError as error:
        return render(request, PART, absences(reader, request.POST.dict(), by_field(error)), status=422)
    return acted(request, by, _said(absence), lambda: _part(request), _page())


@require_POST
def absence_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other days, somebody else who stands in."""
    by, absence = doer(request), _seen(request, pk)
    try:
        absence.edit(by=by, **_values(request))
    except ValidationError as error:
        return render(request, PART, absences(reader_of(request), request.POST.dict(), by_field(error)), status=422)
    return acted(request, by, _said(absence), lambda: _part(request), _page())


@require_POST
def absence_delete(request: HttpRequest, pk: int) -> HttpResponse:
    by, absence = doer(request), _seen(request, pk)
    absence.trash(by=by)
    return acted(request, by, _("%(user)s is there.") % {"user": absence.owner}, lambda: _part(request), _page())


def _part(request: HttpRequest) -> HttpResponse:
    return render(request, PART, absences(reader_of(request)))


def _page() -> str:
    return reverse("me") + "#absences"


def _said(absence: Absence) -> str:
    words = {"user": absence.owner, "first": day(absence.start_on), "last": day(absence.end_on)}
    if absence.start_on == absence.end_on:
        return _("%(user)s is away on %(first)s.") % words
    return _("%(user)s is away from %(first)s to %(last)s.") % words


def _seen(request: HttpRequest, pk: int) -> Absence:
    absence: Absence = get_object_or_404(Absence.objects.visible_to(reader_of(request)).kept(), pk=pk)
    return absence


def _whose(request: HttpRequest, reader: User) -> User:
    """Raises Http404 for somebody whom the reader does not lead."""
    pk = number_of(request.POST.get("owner", "")) or reader.pk
    if pk == reader.pk:
        return reader
    found = people_led(reader).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _values(request: HttpRequest) -> dict[str, Any]:
    """Raises ValidationError for what is no day. One day alone is both the first and the last."""
    first = _day(request, "start_on")
    last = _day(request, "end_on") if request.POST.get("end_on", "").strip() else first
    chosen = number_of(request.POST.get("stand_in", ""))
    stand_in = User.objects.who_may_own().exclude(role=Role.READER).filter(pk=chosen or 0).first()
    note = " ".join(request.POST.get("note", "").split())[:255]
    return {"start_on": first, "end_on": last, "stand_in": stand_in, "note": note}


def _day(request: HttpRequest, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        raise ValidationError({name: _("Write a day such as 2026-12-24.")}) from None
