"""Deals and leads that somebody gave to the person, with the clock since when, until they touch them (R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from leadline.activities.models import Activity
from leadline.crm import noticing
from leadline.crm.models import Note, Notice, Why
from leadline.history.models import Change
from leadline.web.frame.names import linked
from leadline.web.today.day import Day
from leadline.web.today.records import RecordRow, loaded, party_of

KINDS = ("deal", "lead")
LATEST, SHOWN = 60, 6
BACK = dt.timedelta(days=60)
Place = tuple[str, int]


def region(day: Day) -> dict[str, Any] | None:
    """The longest waiting first; None where nothing waits. It waits until its new owner did something about it."""
    if day.own:
        noticing.catch_up()
    given = _given(day)
    touched = _touched(day, given)
    waiting = {place: change for place, change in given.items() if place not in touched}
    rows = sorted(_rows(day, waiting), key=lambda row: row.since)
    return {"rows": rows[:SHOWN], "count": len(rows), "places": {row.key for row in rows}} if rows else None


def _given(day: Day) -> dict[Place, Change]:
    """The last hand-over of each record that was given to them lately."""
    rows = Notice.objects.filter(user=day.person, why=Why.GIVEN, kind__in=KINDS).order_by("-change_id")[:LATEST]
    notices = list(rows)
    changes = Change.objects.in_bulk([notice.change_id for notice in notices])
    found: dict[Place, Change] = {}
    for notice in notices:
        change = changes.get(notice.change_id)
        if change is not None and change.occurred_at > day.now - BACK:
            found.setdefault((notice.kind, notice.record_id), change)
    return found


def _touched(day: Day, given: dict[Place, Change]) -> set[Place]:
    """Those about which the person did something since: an edit or a move, an activity, a note."""
    touched: set[Place] = set()
    for kind in KINDS:
        since = {pk: change for (other, pk), change in given.items() if other == kind}
        if not since:
            continue
        first = min(change.occurred_at for change in since.values())
        edits = Change.objects.filter(entity=kind, record_id__in=since, by_id=day.person.pk).values_list(
            "record_id", "pk"
        )
        touched |= {(kind, pk) for pk, change in edits if change > since[pk].pk}
        done = Activity.objects.kept().filter(owner=day.person, done_at__gt=first, **{f"{kind}__in": list(since)})
        notes = Note.objects.kept().filter(author=day.person, created_at__gt=first, **{f"{kind}__in": list(since)})
        for rows, column in ((done, "done_at"), (notes, "created_at")):
            found = rows.order_by().values_list(f"{kind}_id", column)
            touched |= {(kind, pk) for pk, at in found if at > since[pk].occurred_at}
    return touched


def _rows(day: Day, waiting: dict[Place, Change]) -> Iterator[RecordRow]:
    """Those that are theirs and open still."""
    for kind in KINDS:
        records = loaded(kind, [pk for other, pk in waiting if other == kind])
        for pk, record in records.items():
            if record.owner_id == day.person.pk and record.status == "open" and record.deleted_at is None:
                change = waiting[kind, pk]
                giver = linked().get("user", change.by_id)
                yield RecordRow(record, party_of(record), str(giver or ""), since=change.occurred_at)
