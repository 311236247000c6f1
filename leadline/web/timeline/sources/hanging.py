"""Notes, files and activities that hang on the record."""

from __future__ import annotations

from typing import Any

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from leadline.activities.models import Activity
from leadline.crm.models import File, Note
from leadline.web.timeline.entries import Entry
from leadline.web.timeline.paging import EPOCH, Mark, older
from leadline.web.timeline.seeing import seen, visible_places
from leadline.web.timeline.sources.about import About

NOTES, FILES, ACTIVITIES = 1, 2, 3  # ranks
LINKED = ("deal", "lead", "person", "organization")


def notes(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """Written, and not pinned: those stand on top."""
    return _dated("note", Note.objects.filter(pinned=False).select_related("author"), NOTES, about, before, limit)


def files(about: About, before: Mark | None, limit: int) -> list[Entry]:
    return _dated("file", File.objects.select_related("author"), FILES, about, before, limit)


def activities(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """Those that are done, by when they were."""
    rows = Activity.objects.done().filter(about.hanging()).select_related("type", "owner", *LINKED)
    page = list(older(rows, "done_at", ACTIVITIES, before)[:limit])
    return [_entry("activity", row, Mark(row.done_at, ACTIVITIES, row.pk), about) for row in page]


def pinned(about: About) -> list[Entry]:
    """Pinned notes, the newest first."""
    rows = Note.objects.kept().filter(about.hanging(), pinned=True).select_related("author", *LINKED)
    found = seen(list(rows.order_by("-created_at", "-pk")[:50]), about.user, about.record)
    return placed([_entry("note", row, Mark(row.created_at or EPOCH, NOTES, row.pk), about) for row in found], about)


def planned(about: About) -> list[Entry]:
    """What is to be done, the next one first; what has no day comes last."""
    rows = Activity.objects.kept().filter(about.hanging(), done_at=None).select_related("type", "owner", *LINKED)
    far = Coalesce("due_at", Value(EPOCH.replace(year=9999)), output_field=DateTimeField())
    found = seen(list(rows.order_by(far, "pk")[:50]), about.user, about.record)
    return placed([_entry("planned", row, Mark(row.due_at or EPOCH, ACTIVITIES, row.pk), about) for row in found], about)


def placed(entries: list[Entry], about: About) -> list[Entry]:
    """Names of other records that things hang on are told to those who may see them."""
    places = {(entry.on.ENTITY, entry.on.pk) for entry in entries if entry.on is not None}
    shown = visible_places(places, about.user)
    for entry in entries:
        if entry.on is not None and (entry.on.ENTITY, entry.on.pk) not in shown:
            entry.on = None
    return entries


def _dated(kind: str, rows: Any, rank: int, about: About, before: Mark | None, limit: int) -> list[Entry]:
    """By when they were made; those of which nobody knows that come last."""
    made = Coalesce("created_at", Value(EPOCH), output_field=DateTimeField())
    rows = rows.kept().filter(about.hanging()).select_related("author", *LINKED).annotate(made=made)
    return [_entry(kind, row, Mark(row.made, rank, row.pk), about) for row in older(rows, "made", rank, before)[:limit]]


def _entry(kind: str, row: Any, mark: Mark, about: About) -> Entry:
    who = row.owner if row.ENTITY == "activity" else row.author
    return Entry(kind, mark, row, who=str(who or ""), on=_other(row, about))


def _other(row: Any, about: About) -> Any:
    """What else it hangs on, where that says something here: the deal on a person's page, not the person on a deal's."""
    nearer = LINKED[: LINKED.index(about.kind)]
    return next((other for name in nearer if (other := getattr(row, name))), None)
