"""Putting rules in order, switching them off and on, deleting them; giving out what nobody has."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import require
from leadline.crm.assigning import assign_waiting
from leadline.crm.models import AssignmentRule
from leadline.crm.ordering import put_in_order
from leadline.web.frame.doing import reader_of
from leadline.web.settings.assignment.listing import WAITING, draw_assignment, nobodys
from leadline.web.settings.changing import act, numbers_in


@require_POST
def assignment_order(request: HttpRequest) -> HttpResponse:
    def deed(by: Actor) -> str:
        put_in_order(AssignmentRule.objects.kept(), numbers_in(request, "order"), by=by)
        return _("Put in order.")

    return _act(request, deed, place="order")


@require_POST
def assignment_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Off where it is on, on where it is off."""
    rule = get_object_or_404(AssignmentRule.objects.kept(), pk=pk)

    def deed(by: Actor) -> str:
        rule.edit(by=by, active=request.POST.get("active") == "yes")
        return (_("%(rule)s is on.") if rule.active else _("%(rule)s is off.")) % {"rule": rule}

    return _act(request, deed)


@require_POST
def assignment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(AssignmentRule.objects.kept(), pk=pk)

    def deed(by: Actor) -> str:
        rule.trash(by=by)
        return _("%(name)s deleted.") % {"name": rule}

    return _act(request, deed)


@require_POST
def assignment_restore(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(AssignmentRule.objects.exclude(deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        rule.restore(by=by)
        return _("%(name)s restored.") % {"name": rule}

    return _act(request, deed)


@require_POST
def assignment_give(request: HttpRequest) -> HttpResponse:
    """Those that nobody has, by the rules: as many as are given out at once. For who may change the rules."""

    def deed(by: Actor) -> str:
        require(by, "change", AssignmentRule())
        waiting = list(nobodys(reader_of(request))[:WAITING])
        given = len(assign_waiting(waiting, by=by))
        if not given:
            return _("No rule found anybody for them.")
        return ngettext("%(n)d lead has an owner now.", "%(n)d leads have an owner now.", given) % {"n": given}

    return _act(request, deed)


def _act(request: HttpRequest, deed: Callable[[Actor], str], place: str = "add") -> HttpResponse:
    return act(request, deed, draw_assignment, back=reverse("assignment"), place=place)
