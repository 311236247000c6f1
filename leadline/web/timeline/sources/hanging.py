"""Notes, files and activities that hang on the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import DateTimeField, Q, Value
from django.db.models.functions import Coalesce

from leadline.activities.models import Activity
from leadline.crm.models import File, Note
from leadline.history.models import Change
from leadline.web.timeline.entries import Entry
from leadline.web.timeline.paging import EPOCH, Mark, older
from leadline.web.timeline.seeing import seen, visible_places
from leadline.web.timeline.sources.about import About

NOTES, FILES, ACTIVITIES = 1, 2, 3  # ranks
WHO = {"note": "author", "file": "author", "activity": "owner"}
ALSO, ONLY = "also", "only"
LINKED = ("deal", "lead", "person", "organization")


def notes(about: About, before: Mark | None, limit: int, trash: str = "") -> list[Entry]:
    """Written, and not pinned: those stand on top."""
    rows = Note.objects.filter(Q(pinned=False) | Q(deleted_at__isnull=False))
    return _dated("note", rows, NOTES, about, before, limit, trash)


def files(about: About, before: Mark | None, limit: int, trash: str = "") -> list[Entry]:
    return _dated("file", File.objects.all(), FILES, about, before, limit, trash)


def activities(about: About, before: Mark | None, limit: int, trash: str = "") -> list[Entry]:
    """Those that are done, by when they were."""
    rows = Activity.objects.filter(Q(done_at__isnull=False) | Q(deleted_at__isnull=False)).select_related("type")
    return _dated("activity", rows, ACTIVITIES, about, before, limit, trash)


def pinned(about: About) -> list[Entry]:
    """Pinned notes, the newest first."""
    rows = Note.objects.kept().filter(about.hanging, pinned=True).select_related("author", *_nearer(about))
    found = seen(list(rows.order_by("-created_at", "-pk")[:50]), about.user, about.record)
    return placed([_entry("note", row, Mark(row.created_at or EPOCH, NOTES, row.pk), about) for row in found], about)


def planned(about: About) -> list[Entry]:
    """What is to be done, the next one first; what has no day comes last."""
    rows = (
        Activity.objects.kept()
        .filter(about.hanging)
        .alias(ended=_known("done_at"))
        .filter(ended=EPOCH)
        .select_related("type", "owner", *_nearer(about))
    )
    far = Coalesce("due_at", Value(EPOCH.replace(year=9999)), output_field=DateTimeField())
    found = seen(list(rows.order_by(far, "pk")[:50]), about.user, about.record)
    return placed(
        [_entry("planned", row, Mark(row.due_at or EPOCH, ACTIVITIES, row.pk), about) for row in found], about
    )


def placed(entries: list[Entry], about: About) -> list[Entry]:
    """Names of other records that things hang on are told to those who may see them."""
    places = {(entry.on.ENTITY, entry.on.pk) for entry in entries if entry.on is not None}
    shown = visible_places(places, about.user)
    for entry in entries:
        if entry.on is not None and (entry.on.ENTITY, entry.on.pk) not in shown:
            entry.on = None
    return entries


def _dated(kind: str, rows: Any, rank: int, about: About, before: Mark | None, limit: int, trash: str) -> list[Entry]:
    """By when they were made or done; those of which nobody knows that come last.

    With `trash` "also" or "only" what was thrown away, by when that was: to be brought back from where it was.
    """
    when = _known("done_at") if kind == "activity" else _known("created_at")
    rows = rows.filter(about.hanging).select_related(WHO[kind], *_nearer(about))
    rows = rows.annotate(made=Coalesce("deleted_at", when)) if trash else rows.kept().annotate(made=when)
    if trash == ONLY:
        rows = rows.filter(deleted_at__isnull=False)
    found = older(rows, "made", rank, before)[:limit]
    return [_entry("gone" if row.deleted_at else kind, row, Mark(row.made, rank, row.pk), about) for row in found]


def _known(field: str) -> Coalesce:
    """A time to sort by, unknown ones last; an expression, so that no index on it is walked to find a few rows."""
    return Coalesce(field, Value(EPOCH), output_field=DateTimeField())


def _entry(kind: str, row: Any, mark: Mark, about: About) -> Entry:
    who = getattr(row, WHO[row.ENTITY])
    return Entry(kind, mark, row, who=str(who or ""), on=_other(row, about))


def _other(row: Any, about: About) -> Any:
    """What else it hangs on, where that says something: the deal on a person's page, not the person on a deal's."""
    return next((other for name in _nearer(about) if (other := getattr(row, name))), None)


def _nearer(about: About) -> tuple[str, ...]:
    return LINKED[: LINKED.index(about.kind)] if about.bears else ()


def deaths(entries: Iterable[Entry]) -> list[Entry]:
    """What is in the trash gets the change that threw it there, in one query; what an undo took away is not told."""
    thrown = [entry for entry in entries if entry.kind == "gone"]
    if not thrown:
        return []
    condition = Q(pk__in=[])
    for entity in {entry.row.ENTITY for entry in thrown}:
        condition |= Q(entity=entity, record_id__in=[entry.row.pk for entry in thrown if entity == entry.row.ENTITY])
    rows = Change.objects.filter(condition, verb=Change.DELETE, undoes=None).order_by("id")
    found = {(change.entity, change.record_id): change for change in rows}
    for entry in thrown:
        change = found.get((entry.row.ENTITY, entry.row.pk))
        entry.changes = [change] if change else []
    return [entry for entry in thrown if not entry.changes]
