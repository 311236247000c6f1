"""The changes of a page in words (`web.wording`), with what only the stream of one record knows: how long it stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from leadline.crm.models import Deal
from leadline.history.models import Change
from leadline.web.frame.formats import number
from leadline.web.timeline.entries import Entry, Line
from leadline.web.timeline.naming import PageNames
from leadline.web.timeline.sources.about import About
from leadline.web.timeline.sources.changes import undone_among
from leadline.web.wording.telling import Told, tell

# What the deed has said already, by the field that names the deed.
SAID = {
    "deleted_at": {"merged_into_id"},
    "status": {"status", "closed_at", "lost_reason_id", "come_back_on", "deal_id"},
    "stage_id": {"stage_id", "pipeline_id"},
}
Stays = dict[tuple[int, dt.datetime], float]


def tell_all(entries: Sequence[Entry], about: About) -> None:
    """Who did it, by which way, what it did; and whether it was taken back."""
    changes = [change for entry in entries for change in entry.changes]
    names = PageNames(about.user, changes)
    for row in (about.record, *(entry.row for entry in entries if entry.kind == "gone"), *_others(entries)):
        names.call(row)
    told = {one.change.pk: one for one in tell(changes, about.user, names)}
    undone = undone_among(changes)
    stays = _stays(about, changes)
    for entry in entries:
        if not entry.changes:
            continue
        (change,) = entry.changes
        said = told[change.pk]
        entry.who, entry.way, entry.name = said.who, said.way, said.record
        entry.undone, entry.takes_back = change.pk in undone, change.undoes is not None
        entry.lines = [_line(said, stays)]


def _others(entries: Sequence[Entry]) -> list[Any]:
    """The deals whose changes stand on another record's page."""
    return [entry.on for entry in entries if entry.kind == "change" and entry.on is not None]


def _line(told: Told, stays: Stays) -> Line:
    change = told.change
    old = change.old
    if change.verb == Change.CREATE:
        return Line(told.deed)
    first = next((name for name in SAID if name in old), None)
    if first is not None:
        parts = [part for part in told.parts if part.name not in SAID[first]]
        return Line(told.deed + _after(change, stays) if first == "stage_id" else told.deed, parts)
    alone = len(told.parts) == 1 and not told.parts[0].long
    return Line(told.deed, [] if alone or set(old) == {"label_ids"} else told.parts)


def _after(change: Change, stays: Stays) -> str:
    days = stays.get((change.old.get("stage_id") or 0, change.occurred_at))
    if days is None or days < 1:
        return ""
    whole = round(days)
    return " " + ngettext("after %(count)s day", "after %(count)s days", whole) % {"count": number(whole)}


def _stays(about: About, changes: Sequence[Change]) -> Stays:
    """Days by stage and the moment in which it was left; read only where a move is told."""
    if not isinstance(about.record, Deal) or not any(_moves(change) for change in changes):
        return {}
    return {
        (visit.stage_id, visit.ended): days
        for visit in about.stays
        if visit.ended and (days := visit.days(visit.ended)) is not None
    }


def _moves(change: Change) -> bool:
    return change.entity == "deal" and "stage_id" in change.old and change.undoes is None
