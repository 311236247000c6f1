"""The acts of the board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import nullcontext

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, LostReason, Stage
from leadline.crm.naming import clean_name
from leadline.history.numbers import number_of
from leadline.history.writing import writing
from leadline.web.dealing.answering import answer
from leadline.web.dealing.finding import deals_of
from leadline.web.frame.doing import doer
from leadline.web.pipeline.months import put_into


@require_POST
def deal_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another stage, of this or another pipeline: `stage`."""
    stage = Stage.kept(_number(request, "stage"))
    if stage is None:
        raise Http404
    return _act(request, pk, lambda deal, by: deal.move_to(stage, by=by), _("moved to %(to)s") % {"to": stage.name})


@require_POST
def deal_won(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda deal, by: deal.win(by=by), _("won"))


@require_POST
def deal_lost(request: HttpRequest, pk: int) -> HttpResponse:
    """With a `reason` and a `note`, or without; `new_reason` is the name of one that joins the list in the same act."""
    reason, note = _reason(request), request.POST.get("note", "").strip()
    named = clean_name(request.POST.get("new_reason", ""))

    def lose(deal: Deal, by: Actor) -> None:
        with writing():
            deal.lose(_reason_named(named, by) if named else reason, note=note, by=by)

    return _act(request, pk, lose, _("lost"))


@require_POST
def deal_parked(request: HttpRequest, pk: int) -> HttpResponse:
    """Until `date`, for a `reason` or none."""
    day, reason = _day(request), request.POST.get("reason", "").strip()[:255]
    return _act(request, pk, lambda deal, by: deal.park(come_back_on=day, reason=reason, by=by), _("parked"))


@require_POST
def deal_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Back on the board, from wherever it went."""
    return _act(request, pk, lambda deal, by: deal.reopen(by=by), _("open again"))


@require_POST
def deal_month(request: HttpRequest, pk: int) -> HttpResponse:
    """Expected in another month: `month` names a column of the forecast. The day stays where the month has it."""
    month, today = request.POST.get("month", ""), timezone.localdate()
    try:
        put_into(month, None, today)
    except ValueError:
        raise ValidationError({"expected_close_on": _("Choose a month that has not passed.")}) from None

    def expect(deal: Deal, by: Actor) -> None:
        deal.edit(expected_close_on=put_into(month, deal.expected_close_on, today), by=by)

    return _act(request, pk, expect, _("expected anew"))


def _act(request: HttpRequest, pk: int, verb: Callable[[Deal, Actor], object], what: str) -> HttpResponse:
    """One verb on one deal, or on several: all or none, and one undo for all."""
    deals, by = deals_of(request, pk), doer(request)
    with writing() if len(deals) > 1 else nullcontext():
        for deal in deals:
            verb(deal, by)
    return answer(request, by, deals, _said(deals, what))


def _said(deals: list[Deal], what: str) -> str:
    if len(deals) == 1:
        return _("%(title)s: %(what)s.") % {"title": deals[0].title, "what": what}
    many = ngettext("%(count)d deal: %(what)s.", "%(count)d deals: %(what)s.", len(deals))
    return many % {"count": len(deals), "what": what}


def _number(request: HttpRequest, name: str) -> int:
    return number_of(request.POST.get(name, "")) or 0


def _reason(request: HttpRequest) -> LostReason | None:
    if not request.POST.get("reason", ""):
        return None
    reason: LostReason | None = LostReason.objects.kept().filter(pk=_number(request, "reason")).first()
    if reason is None:
        raise ValidationError({"lost_reason": _("This reason has been deleted. Choose another one.")})
    return reason


def _reason_named(name: str, by: Actor) -> LostReason:
    """The reason of this name, whatever its case; added where there is none. Raises PermissionDenied."""
    known = [reason for reason in LostReason.objects.kept() if reason.name.casefold() == name.casefold()]
    return known[0] if known else LostReason(name=name).add(by=by)


def _day(request: HttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get("date", ""))
    except ValueError:
        raise ValidationError({"come_back_on": _("Name the day on which it should come back.")}) from None
