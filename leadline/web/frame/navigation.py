"""Where one can go. A page stands in the rail when it works, not before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Place:
    """One entry of the rail: where it leads, the icon, its word, and the path under which it is the current one."""

    name: str
    icon: str
    word: str | Promise
    under: str


# In the order of the rail: Today, Pipeline, Leads … come before Insights as they are built.
RAIL = (Place("funnel", "chart-column-decreasing", _("Insights"), "/insights/"),)


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs beside what a view gives it."""
    return {
        "rail": [
            {"href": reverse(place.name), "icon": place.icon, "word": place.word, "here": _here(request, place)}
            for place in RAIL
        ],
        "theme": chosen_theme(request),
    }


def chosen_theme(request: HttpRequest) -> str:
    """ "light" or "dark" where the person has chosen; "" follows their system."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def _here(request: HttpRequest, place: Place) -> bool:
    return request.path.startswith(place.under)
