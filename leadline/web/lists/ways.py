"""The deals of a list as a board and as a forecast: the switch that stands on the board stands on the list too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.history.numbers import number_of
from leadline.web.frame.which import last
from leadline.web.lists.asked import Asked


def ways_of(request: HttpRequest, ask: Asked) -> list[dict[str, Any]]:
    """Where the same deals stand as columns: in the pipeline asked for, else the one seen last."""
    pipeline = last(request) if ask.kind.name == "deal" else None
    if pipeline is None:
        return []
    chosen = ask.filter["pipeline"]
    number = number_of(chosen)
    pk = pipeline.pk if number is None else number
    query = ask.filter.query(without=("status", "pipeline", "trashed"))
    more = f"?{query}" if query else ""
    return [
        {"href": reverse("board", args=[pk]) + more, "icon": "kanban", "word": _("Board"), "here": False},
        {"href": "", "icon": "list", "word": _("List"), "here": True},
        {"href": reverse("forecast", args=[pk]) + more, "icon": "calendar-days", "word": _("Forecast"), "here": False},
        {"href": reverse("board_as_of", args=[pk]), "icon": "history", "word": _("As of"), "here": False},
    ]
