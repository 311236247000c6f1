"""What was done about somebody last: activities and notes on the same deal, lead or contact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.html import strip_tags

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.models import Note
from leadline.web.frame.icons import icon
from leadline.web.frame.names import linked
from leadline.web.timeline.seeing import seen
from leadline.web.timeline.showing import activity_icon

PLACES = ("deal", "lead", "person")
LONGEST = 280  # characters of a note


@dataclass(frozen=True)
class Touch:
    """One thing that was done: its icon, what it was, who did it and when, what came of it."""

    at: dt.datetime
    icon: Any
    what: str
    who: str
    said: str


def last(about: Activity, viewer: User, most: int = 3) -> list[Touch]:
    """The newest first, of what the viewer sees."""
    done = Activity.objects.kept().filter(_beside(about), done_at__isnull=False).order_by("-done_at", "-pk")
    notes = Note.objects.kept().filter(_beside(about)).order_by("-created_at", "-pk")
    found = [_of_activity(row) for row in seen(list(done[: 2 * most]), viewer)]
    found += [_of_note(row) for row in seen(list(notes[: 2 * most]), viewer) if row.created_at]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]


def _beside(about: Activity) -> Q:
    """On its deal, else its lead, else its contact: the nearest tells most."""
    kind = next((kind for kind in PLACES if getattr(about, f"{kind}_id")), None)
    return Q(**{f"{kind}_id": getattr(about, f"{kind}_id")}) if kind else Q(pk__in=[])


def _of_activity(row: Activity) -> Touch:
    kind = linked().get("activity_type", row.type_id)
    said = " · ".join(filter(None, (row.outcome, row.note.strip())))
    assert row.done_at is not None
    return Touch(row.done_at, activity_icon(kind), row.subject or str(kind), _name(row.owner_id), said[:LONGEST])


def _of_note(row: Note) -> Touch:
    text = " ".join(strip_tags(row.text.replace("</p>", " ")).split())
    assert row.created_at is not None
    return Touch(row.created_at, icon("sticky-note"), "", _name(row.author_id), text[:LONGEST])


def _name(pk: int | None) -> str:
    return str(linked().get("user", pk) or "")
