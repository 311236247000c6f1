"""What can be taken back from the stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from leadline.accounts.permissions import may
from leadline.crm.models.clocks import by_hand
from leadline.history.models import Change
from leadline.history.registry import model_of, recorded_models
from leadline.history.standing import undone_among
from leadline.history.values import filled, plain
from leadline.web.timeline.entries import Entry
from leadline.web.timeline.paging import Mark
from leadline.web.timeline.seeing import seen
from leadline.web.timeline.sources.about import About

PARTS = ("deal_product", "participant", "answer")
HANGING = ("note", "file", "activity")


def mark_undo(entries: Sequence[Entry], about: About) -> None:
    """Each entry that can be taken back says by which change."""
    if not may(about.user, "change", about.record):
        return
    possible = [entry for entry in entries if entry.changes and _possible(entry, about)]
    rows = _rows(possible, about)
    for entry in possible:
        row = rows.get((entry.changes[0].entity, entry.changes[0].record_id))
        if row is not None and _stands(entry.changes, row):
            entry.undo = entry.changes[0].pk


def entry_of(about: About, change: Change) -> Entry | None:
    """The entry in which a change stands in this record's stream, with those of its act; None where it does not."""
    row = _row_of(about, change)
    if row is None:
        return None
    together = [change]
    if change.act and change.via != "import" and row is about.record:
        same = Change.objects.filter(act=change.act, entity=change.entity, record_id=change.record_id)
        together = list(same.filter(verb=change.verb, undoes=None).order_by("-id"))
    kind = "gone" if change.entity in HANGING else "change"
    entry = Entry(kind, Mark(change.occurred_at, 0, change.pk), row, changes=together)
    entry.undone, entry.takes_back = change.pk in undone_among([change]), change.undoes is not None
    mark_undo([entry], about)
    return entry


def _row_of(about: About, change: Change) -> Any:
    """The record that was changed, where it is the stream's own or belongs to it, and may be seen."""
    if (change.entity, change.record_id) == (about.kind, about.record.pk):
        return about.record
    model = recorded_models().get(change.entity)
    if model is None or change.entity not in (*PARTS, *HANGING):
        return None
    condition = Q(deal=about.record.pk) if change.entity in PARTS and about.kind == "deal" else about.hanging
    if change.entity in PARTS and about.kind != "deal":
        return None
    rows = list(model._base_manager.filter(condition, pk=change.record_id))
    return rows[0] if rows and (change.entity in PARTS or seen(rows, about.user, about.record)) else None


def _possible(entry: Entry, about: About) -> bool:
    """A person's own deed that stands. The record itself is thrown away from its menu, not from its history."""
    change = entry.changes[0]
    if entry.undone or entry.takes_back or not by_hand(change):
        return False
    if entry.kind == "gone":
        return True
    own = (change.entity, change.record_id) == (about.kind, about.record.pk)
    return (own and change.verb != Change.CREATE) or change.entity in PARTS


def _rows(entries: Iterable[Entry], about: About) -> dict[tuple[str, int], Any]:
    """The records as they stand now."""
    rows: dict[tuple[str, int], Any] = {(about.kind, about.record.pk): about.record}
    rows |= {(entry.row.ENTITY, entry.row.pk): entry.row for entry in entries if entry.kind == "gone"}
    missing: dict[str, list[int]] = {}
    for entry in entries:
        change = entry.changes[0]
        if (change.entity, change.record_id) not in rows:
            missing.setdefault(change.entity, []).append(change.record_id)
    for entity, ids in missing.items():
        rows |= {(entity, row.pk): row for row in model_of(entity)._base_manager.filter(pk__in=ids)}
    return rows


def _stands(changes: Sequence[Change], row: Any) -> bool:
    """Whether something of what these changes left still stands as they left it, latest first."""
    change = changes[0]
    if change.verb == Change.CREATE:
        return row.deleted_at is None
    new = change.new
    told = [name for name in change.old if name != "value_base"]
    return all(filled({name: plain(getattr(row, name))}).get(name) == new.get(name) for name in told)
