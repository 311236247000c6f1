"""How a lead came by doors, as its page tells it: by which, when, from where, and what was agreed to."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from leadline.crm.models import Arrival, Lead
from leadline.web.frame.formats import day


class Came(NamedTuple):
    """One arrival: `facts` are (word, text)."""

    door: str
    at: dt.datetime
    facts: list[tuple[str, str]]


def came(lead: Lead) -> list[Came]:
    """The first one first; none for leads that came otherwise."""
    rows = Arrival.objects.filter(lead=lead).select_related("door").order_by("pk")[:20]
    return [Came(row.door.name, row.came_at, list(_facts(row.origin))) for row in rows]


def _facts(origin: dict[str, Any]) -> list[tuple[str, str]]:
    words = {
        "page": _("Page"),
        "referrer": _("Came from"),
        "utm_source": _("UTM source"),
        "utm_medium": _("UTM medium"),
        "utm_campaign": _("UTM campaign"),
        "utm_term": _("UTM term"),
        "utm_content": _("UTM content"),
    }
    facts = [(word, str(origin[name])) for name, word in words.items() if origin.get(name)]
    return [*facts, *_consent(origin.get("consent"))]


def _consent(said: Any) -> list[tuple[str, str]]:
    if not isinstance(said, dict) or not said.get("text"):
        return []
    try:
        on = day(dt.datetime.fromisoformat(str(said.get("at"))))
    except ValueError:
        on = ""
    agreed = _("agreed to on %(day)s") % {"day": on} if said.get("given") else _("not agreed to")
    return [(_("Consent"), f"“{said['text']}” ({agreed})")]
