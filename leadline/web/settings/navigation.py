"""Where one can go inside the settings. A place stands there when its address exists and the reader may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User

Word = str | Promise


def everybody(user: User) -> bool:
    return True


def leaders(user: User) -> bool:
    return user.leads


@dataclass(frozen=True)
class Place:
    """One page of settings: its url's name, icon, word, one sentence, the heading it stands under, and who sees it."""

    name: str
    icon: str
    word: Word
    about: Word
    under: Word
    seen_by: Callable[[User], bool] = field(default=everybody)


PEOPLE, SELLING, RECORDS = _("People and rights"), _("How we sell"), _("Records")

# In the order in which they stand there; those of one heading together.
PLACES: tuple[Place, ...] = (
    Place("users", "users-round", _("Users"), _("Who works here, and who may sign in."), PEOPLE),
    Place("teams", "network", _("Teams"), _("Who belongs together, and who leads whom."), PEOPLE),
    Place("visibility", "eye", _("Who sees what"), _("Who sees and changes whose records."), PEOPLE),
    Place("pipelines", "kanban", _("Pipelines"), _("The stages that a sale goes through."), SELLING),
    Place("playbooks", "book-open", _("Playbooks"), _("What each stage asks before a deal moves on."), SELLING),
    Place("fields", "table", _("Fields"), _("What you keep of deals, leads, people and others, of your own."), SELLING),
    Place("sources", "flag", _("Sources"), _("Where deals come from, and their campaigns."), SELLING),
    Place("doors", "globe", _("Forms and webhooks"), _("How leads come in by themselves."), SELLING),
    Place("ideal_client", "target", _("Ideal client"), _("Who fits: criteria with weights."), SELLING),
    Place("assignment", "user-check", _("Assignment"), _("Who gets new leads that nobody has."), SELLING),
    Place("pods", "users", _("Pods"), _("Who sells together, and who hands to whom."), SELLING),
    Place("lost_reasons", "circle-x", _("Lost reasons"), _("Why deals are lost."), SELLING),
    Place("discard_reasons", "archive", _("Discard reasons"), _("Why nothing came of leads."), SELLING),
    Place("lacks", "clipboard-list", _("What leads lack"), _("Why handed leads come back."), SELLING),
    Place("labels", "tags", _("Labels"), _("Coloured words on records."), SELLING),
    Place("activity_types", "list-checks", _("Activity types"), _("What people do and plan."), SELLING),
    Place("outcomes", "message-circle", _("Outcomes"), _("What comes of calls and meetings."), SELLING),
    Place("rules", "workflow", _("Rules"), _("Small things that happen by themselves."), SELLING),
    Place("currencies", "circle-dollar-sign", _("Currencies"), _("The base currency, and rates of others."), SELLING),
    Place("working_days", "calendar-days", _("Working days"), _("When you work, and when you are off."), SELLING),
    Place("targets", "flag", _("Targets"), _("What people, teams and the company should reach."), SELLING),
    Place("audit", "history", _("Change log"), _("Everything that happened, and by whom."), RECORDS, leaders),
    Place("imports", "import", _("Imports"), _("Files in, what became of them, and the way back."), RECORDS),
    Place("outbox", "mail", _("Outbox"), _("Letters that Leadline has written, and what is attached."), RECORDS),
    Place("trash", "trash-2", _("Trash"), _("What was deleted, and the way back."), RECORDS),
)


def places_for(request: HttpRequest) -> list[dict[str, Any]]:
    """The headings with their places, as the navigation and the overview draw them."""
    assert isinstance(request.user, User)
    found = [(place, href) for place in PLACES if place.seen_by(request.user) and (href := _address(place.name))]
    here = max((href for _, href in found if request.path.startswith(href)), key=len, default="")
    return [
        {"heading": heading, "places": [_drawn(place, href, href == here) for place, href in group]}
        for heading, group in groupby(found, key=lambda pair: pair[0].under)
    ]


def _drawn(place: Place, href: str, here: bool) -> dict[str, Any]:
    return {"href": href, "icon": place.icon, "word": place.word, "about": place.about, "here": here}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
