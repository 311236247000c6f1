"""Choosing the base, adding and dropping currencies, and saying from which day on each is worth what."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm import rates
from leadline.crm.models import Currency, Rate, base_currency
from leadline.web.frame.formats import day, number
from leadline.web.settings.changing import act
from leadline.web.settings.currencies.drawing import counted, draw_currencies
from leadline.web.settings.currencies.reading import read_day, read_rate
from leadline.web.settings.uses import draw_uses


@require_safe
def currencies(request: HttpRequest) -> HttpResponse:
    return draw_currencies(request)


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    return draw_uses(request, counted(request))


@require_POST
def base(request: HttpRequest) -> HttpResponse:
    """Another base: rates are turned and every deal is valued anew, in one act."""

    def deed(by: Actor) -> str:
        changed = rates.set_base_currency(_code(request), by=by)
        said = _("Reports add up in %(code)s now.") % {"code": base_currency()}
        return said + " " + _valued(changed) if changed else said

    return _act(request, deed, "base")


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    def deed(by: Actor) -> str:
        return _("%(name)s added.") % {"name": rates.add_currency(_code(request), by=by)}

    return _act(request, deed, "add")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the list to choose from; deals in it and its rates stay."""
    row = get_object_or_404(Currency.objects.kept(), pk=pk)

    def deed(by: Actor) -> str:
        return _("%(name)s is offered no more.") % {"name": rates.drop_currency(row, by=by)}

    return _act(request, deed, f"currency-{row.code}")


@require_POST
def add_rate(request: HttpRequest, code: str) -> HttpResponse:
    def deed(by: Actor) -> str:
        on, worth = read_day(request.POST.get("on_date", "")), read_rate(request.POST.get("rate", ""))
        if code == base_currency():
            raise ValidationError({"rate": _("This is the base currency; it is worth 1.")})
        added = rates.add_rate(code, on, worth, by=by)
        return _("Rate of %(code)s from %(day)s added.") % {"code": code, "day": day(added.on_date)}

    return _act(request, deed, f"rate-{code}")


@require_POST
def change_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """A mistyped rate, put right: the deals that it values are valued anew."""
    row = _rate(pk)

    def deed(by: Actor) -> str:
        rates.change_rate(row, read_rate(request.POST.get("rate", "")), by=by)
        return _("Rate of %(code)s from %(day)s changed.") % {"code": row.currency, "day": day(row.on_date)}

    return _act(request, deed, f"change-{pk}")


@require_POST
def delete_rate(request: HttpRequest, pk: int) -> HttpResponse:
    row = _rate(pk)

    def deed(by: Actor) -> str:
        rates.delete_rate(row, by=by)
        return _("Rate of %(code)s from %(day)s deleted.") % {"code": row.currency, "day": day(row.on_date)}

    return _act(request, deed, f"change-{pk}")


def _act(request: HttpRequest, deed: Callable[[Actor], str], place: str) -> HttpResponse:
    return act(request, deed, draw_currencies, back=reverse("currencies"), place=place)


def _code(request: HttpRequest) -> str:
    code = request.POST.get("code", "").strip().upper()
    if not code:
        raise ValidationError({"code": _("Choose a currency.")})
    return code


def _rate(pk: int) -> Rate:
    row: Rate = get_object_or_404(Rate.objects.kept(), pk=pk)
    return row


def _valued(count: int) -> str:
    text = ngettext("%(n)s deal is valued anew.", "%(n)s deals are valued anew.", count)
    return text % {"n": number(count)}
