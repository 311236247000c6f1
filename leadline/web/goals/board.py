"""The board of those who want to be on it: friendly, because nobody is on it who does not ask, and nobody is last."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.models import Role, User
from leadline.activities.models import Habits
from leadline.insights.ask_goal_board import board
from leadline.web.frame.doing import reader_of


@require_safe
def goal_board(request: HttpRequest) -> HttpResponse:
    """Who is on the board: to those who are on it, and to those who lead."""
    viewer = reader_of(request)
    if not may_look(viewer):
        raise PermissionDenied(_("The board is for those who are on it. Join it to see it."))
    return render(request, "goals/_board.html", _drawn(viewer))


@require_POST
def goal_board_join(request: HttpRequest) -> HttpResponse:
    """Onto the board, or off it: it is at once."""
    viewer = reader_of(request)
    if viewer.role == Role.READER:
        raise PermissionDenied(_("Readers have no goals."))
    habits = Habits.of(viewer)
    habits.on_leader_board = request.POST.get("on") == "1"
    habits.save()
    return render(request, "goals/_board.html", _drawn(viewer))


def may_look(viewer: User) -> bool:
    return viewer.leads or Habits.of(viewer).on_leader_board


def _drawn(viewer: User) -> dict[str, object]:
    on = Habits.of(viewer).on_leader_board
    return {"board": board(viewer) if on or viewer.leads else None, "on": on, "viewer": viewer}
