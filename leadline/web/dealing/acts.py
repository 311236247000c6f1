"""The acts of the board."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, Stage
from leadline.crm.models.qualifying import MissingItems
from leadline.history.numbers import number_of
from leadline.history.writing import writing
from leadline.web.dealing.answering import answer
from leadline.web.dealing.finding import deals_of
from leadline.web.frame.doing import doer
from leadline.web.pipeline.months import put_into
from leadline.web.records.ending import read_loss, read_waiting


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
    """With `reason`, `note`, `competitor` and the day to ask again (`revisit_on`, else in half a year), or without.

    `new_reason` is the name of one that joins the list in the same act.
    """
    losing = read_loss(request.POST)

    def lose(deal: Deal, by: Actor) -> None:
        with writing():
            losing.lose(deal, by)

    return _act(request, pk, lose, _("lost"))


@require_POST
def deal_parked(request: HttpRequest, pk: int) -> HttpResponse:
    """Until `date`, until an `event` has happened, or whichever comes first; for a `reason` or none."""
    waiting = read_waiting(request.POST)
    return _act(request, pk, lambda deal, by: deal.park(by=by, **waiting), _("parked"))


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
    try:
        with writing() if len(deals) > 1 else nullcontext():
            for deal in deals:
                verb(deal, by)
    except MissingItems as refusal:
        refusal.deals = deals  # all of them are asked for what they lack, not the first one only
        raise
    return answer(request, by, deals, said(deals, what))


def said(deals: list[Deal], what: str) -> str:
    """The toast of an act on one deal or several."""
    if len(deals) == 1:
        return _("%(title)s: %(what)s.") % {"title": deals[0].title, "what": what}
    many = ngettext("%(count)d deal: %(what)s.", "%(count)d deals: %(what)s.", len(deals))
    return many % {"count": len(deals), "what": what}


def _number(request: HttpRequest, name: str) -> int:
    return number_of(request.POST.get(name, "")) or 0
