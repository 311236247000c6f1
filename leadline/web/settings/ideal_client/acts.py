"""Putting criteria in order, deleting them and taking them back."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.crm.models import FitCriterion
from leadline.crm.ordering import put_in_order
from leadline.web.settings.changing import act, numbers_in
from leadline.web.settings.ideal_client.listing import draw_criteria


@require_POST
def criterion_order(request: HttpRequest) -> HttpResponse:
    def deed(by: Actor) -> str:
        put_in_order(FitCriterion.objects.kept(), numbers_in(request, "order"), by=by)
        return _("Put in order.")

    return _act(request, deed, place="order")


@require_POST
def criterion_delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(FitCriterion.objects.kept(), pk=pk)

    def deed(by: Actor) -> str:
        found.trash(by=by)
        return _("%(name)s deleted.") % {"name": found}

    return _act(request, deed)


@require_POST
def criterion_restore(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(FitCriterion.objects.exclude(deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        found.restore(by=by)
        return _("%(name)s restored.") % {"name": found}

    return _act(request, deed)


def _act(request: HttpRequest, deed: Callable[[Actor], str], place: str = "add") -> HttpResponse:
    return act(request, deed, draw_criteria, back=reverse("ideal_client"), place=place)
