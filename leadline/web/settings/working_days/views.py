"""Saying which weekdays are worked, whose holidays are kept, and which single days are different."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import OwnDay
from leadline.crm.naming import clean_name
from leadline.crm.working_time import set_week
from leadline.history.numbers import number_of
from leadline.web.frame.formats import day
from leadline.web.settings.changing import act
from leadline.web.settings.currencies.reading import read_day
from leadline.web.settings.working_days.drawing import draw_days
from leadline.web.settings.working_days.hours import read_clock


@require_safe
def working_days(request: HttpRequest) -> HttpResponse:
    return draw_days(request)


@require_POST
def week(request: HttpRequest) -> HttpResponse:
    """Which weekdays are worked, from when to when, and with which weeks and fiscal years begin."""

    def deed(by: Actor) -> str:
        begins = {
            name: number_of(request.POST[name]) for name in ("first_weekday", "fiscal_month") if name in request.POST
        }
        hours = {
            name: read_clock(request.POST[name], name) for name in ("day_begins", "day_ends") if name in request.POST
        }
        set_week(by=by, weekdays=request.POST.getlist("weekdays"), **begins, **hours)
        return _("The working week is changed.")

    return _act(request, deed, "week")


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """The country, and its region where one is named."""

    def deed(by: Actor) -> str:
        set_week(by=by, **{name: request.POST[name] for name in ("country", "region") if name in request.POST})
        return _("The public holidays are changed.")

    return _act(request, deed, "place")


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A day that is off, or worked, whatever week and law say."""

    def deed(by: Actor) -> str:
        on, worked = read_day(request.POST.get("on_date", "")), request.POST.get("worked") == "yes"
        OwnDay(on_date=on, worked=worked, name=clean_name(request.POST.get("name", ""))).add(by=by)
        words = {"day": day(on)}
        return _("%(day)s is worked.") % words if worked else _("%(day)s is off.") % words

    return _act(request, deed, "add")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(pk)

    def deed(by: Actor) -> str:
        was = request.POST.get("was")
        name = clean_name(request.POST.get("name", ""))
        row.edit(by=by, name=name, expect=None if was is None else {"name": was})
        return _("%(day)s changed.") % {"day": day(row.on_date)}

    return _act(request, deed, f"own-{pk}")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(pk)

    def deed(by: Actor) -> str:
        row.trash(by=by)
        return _("%(day)s is a day like others again.") % {"day": day(row.on_date)}

    return _act(request, deed, "add")


def _act(request: HttpRequest, deed: Callable[[Actor], str], place: str) -> HttpResponse:
    return act(request, deed, draw_days, back=reverse("working_days"), place=place)


def _own(pk: int) -> OwnDay:
    row: OwnDay = get_object_or_404(OwnDay.objects.kept(), pk=pk)
    return row
