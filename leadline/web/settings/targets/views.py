"""Setting targets: a cell, a whole quarter, other days; and taking them away."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import Target
from leadline.crm.targeting import fill_grown, fill_same, set_target
from leadline.history.numbers import number_of
from leadline.web.frame.doing import reader_of
from leadline.web.settings.changing import act
from leadline.web.settings.currencies.reading import read_day
from leadline.web.settings.targets.drawing import draw_targets
from leadline.web.settings.targets.grid import people
from leadline.web.settings.targets.quarters import before
from leadline.web.settings.targets.reading import amount_from, metric_asked, percent_from, quarter_asked, who_from


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    return draw_targets(request)


@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """One cell; an empty one takes the target away."""
    who, quarter = request.POST.get("who", ""), request.POST.get("quarter", "")

    def deed(by: Actor) -> str:
        span = quarter_asked(request).span(metric_asked(request))
        row = set_target(who_from(who), span, amount_from(request.POST.get("amount", "")), by=by)
        return _("The target is set.") if row and not row.deleted_at else _("The target is taken away.")

    return _act(request, deed, f"{who}-{quarter}")


@require_POST
def fill(request: HttpRequest) -> HttpResponse:
    """A whole quarter: the same for everybody, or the quarter before and some percent."""

    def deed(by: Actor) -> str:
        quarter, metric = quarter_asked(request), metric_asked(request)
        everybody, span = people(), quarter.span(metric)
        if request.POST.get("how") == "grown":
            percent = percent_from(request.POST.get("amount", ""))
            count = fill_grown(everybody, span, before(quarter).span(metric), percent, by=by)
        else:
            count = fill_same(everybody, span, _amount(request), by=by)
        return ngettext("%(count)s target is set.", "%(count)s targets are set.", count) % {"count": count}

    return _act(request, deed, "fill")


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A target of other days, or of one pipeline."""

    def deed(by: Actor) -> str:
        who = who_from(request.POST.get("who", ""))
        Target(
            metric=metric_asked(request),
            user_id=who.user_id,
            team_id=who.team_id,
            pipeline_id=number_of(request.POST.get("pipeline", "")),
            start_on=read_day(request.POST.get("start_on", "")),
            end_on=read_day(request.POST.get("end_on", "")),
            amount=_amount(request),
        ).add(by=by)
        return _("The target is set.")

    return _act(request, deed, "add")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Target.objects.visible_to(reader_of(request)).kept(), pk=pk)

    def deed(by: Actor) -> str:
        row.trash(by=by)
        return _("The target is taken away.")

    return _act(request, deed, "add")


def _amount(request: HttpRequest) -> Decimal:
    found = amount_from(request.POST.get("amount", ""))
    if found is None:
        raise ValidationError({"amount": _("Write an amount.")})
    return found


def _act(request: HttpRequest, deed: Callable[[Actor], str], place: str) -> HttpResponse:
    return act(request, deed, draw_targets, back=reverse("targets"), place=place)
