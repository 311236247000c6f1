"""The page of goals: those that run as rings, those to come and those that ended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.insights.ask_goals import company_day, goals_of, standings
from leadline.insights.looking import one_look
from leadline.insights.sight import Whose, sight_of
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.goals.board import may_look
from leadline.web.goals.showing import Card, card
from leadline.web.goals.whose import asked, choices, settable

ENDED = 12  # of those that ended, the last


def _cards(viewer: User, today: dt.date, who: Whose) -> list[Card]:
    with one_look():  # every bar of every card names its records
        return [card(standing) for standing in standings(viewer, today, who)]


@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """One's own, or with `of` those of somebody whom one leads, of a team or of the company (R49)."""
    viewer = reader_of(request)
    of, today = asked(request, viewer), company_day()
    rows = goals_of(viewer, of.who)
    context: dict[str, Any] = {
        "of": of,
        "choices": choices(viewer),
        "may": any(one.key == of.key for one in settable(viewer)),
        "cards": _cards(viewer, today, of.who),
        "seen": of.own or sight_of(viewer).whole(*of.who),
        "to_come": list(rows.filter(start_on__gt=today)),
        "ended": list(rows.filter(end_on__lt=today).order_by("-end_on", "-pk")[:ENDED]),
        "board": may_look(viewer),
    }
    return page(request, "goals/goals.html", "goals/_goals.html", context)
