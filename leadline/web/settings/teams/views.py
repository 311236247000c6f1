"""The tree of teams, and the verbs on it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.models import Team, User
from leadline.accounts.permissions import may
from leadline.history import members
from leadline.history.teams import remove_team
from leadline.web.frame.doing import doer, reader_of
from leadline.web.settings.acting import acted
from leadline.web.settings.changing import number_in
from leadline.web.settings.frame import draw
from leadline.web.settings.teams.tree import tree


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    return page(request)


@require_POST
def team_add(request: HttpRequest) -> HttpResponse:
    """A new team, inside another one where that is said."""
    by, team = doer(request), Team(name=_name(request), parent_id=number_in(request, "parent") or None)
    try:
        members.add(team, by=by)
    except ValidationError as error:
        return page(request, 422, wrong_in=0, typed=team.name, errors=error.messages)
    return _acted(request, by, _("%(team)s is added.") % {"team": team})


@require_POST
def team_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, another place."""
    by, team = doer(request), get_object_or_404(Team, pk=pk)
    try:
        members.change(team, by=by, name=_name(request), parent_id=number_in(request, "parent") or None)
    except ValidationError as error:
        return page(request, 422, wrong_in=pk, typed=_name(request), errors=error.messages)
    return _acted(request, by, _("%(team)s is saved.") % {"team": team})


@require_POST
def team_end(request: HttpRequest, pk: int) -> HttpResponse:
    """No more; its people and the teams inside it go `into` another one, or stand on their own."""
    by, team = doer(request), get_object_or_404(Team, pk=pk)
    into = number_in(request, "into")
    try:
        remove_team(team, into=get_object_or_404(Team, pk=into) if into else None, by=by)
    except ValidationError as error:
        return page(request, 422, wrong_in=pk, errors=error.messages)
    return _acted(request, by, _("%(team)s is no more.") % {"team": team.name})


def page(
    request: HttpRequest, status: int = 200, wrong_in: int | None = None, typed: str = "", errors: Any = ()
) -> HttpResponse:
    """The tree; `wrong_in` is the team (0: the new one) in whose form `errors` stand beside what was `typed`."""
    context = {
        "branches": tree(),
        "alone": User.objects.filter(team=None, is_active=True),
        "may_change": may(reader_of(request), "change", Team()),
        "wrong_in": wrong_in,
        "typed": typed,
        "errors": errors,
    }
    return draw(request, "settings/teams/teams.html", context, part="settings/teams/_teams.html", status=status)


def _acted(request: HttpRequest, by: Actor, text: str) -> HttpResponse:
    return acted(request, by, text, lambda: page(request), reverse("teams"))


def _name(request: HttpRequest) -> str:
    return " ".join(request.POST.get("name", "").split())
