"""Key events (R2) that are answered by being there: the person, file or activity of a deal that was one."""

from __future__ import annotations

from typing import Any

from leadline.crm.models import Deal, ItemKind
from leadline.crm.playbooks.holding import held
from leadline.crm.playbooks.values import HANGING
from leadline.crm.playbooks.versions import published_in

Events = set[tuple[Any, ...]]  # ("participant", id), ("file", id), ("activity", type's id, when it was done)


def key_events(deal: Deal) -> Events:
    """By what the items ask for in the newest versions of the deal's pipeline."""
    newest = [books[0] for books in published_in(deal.pipeline_id).values()]
    items = [item for book in newest for item in book.items if item["event"] and item["kind"] in HANGING]
    if not items:
        return set()
    has, found = held([deal], items)[deal.pk], set[tuple[Any, ...]]()
    for item in items:
        if item["kind"] == ItemKind.PERSON and (one := has.with_role(item.get("role", ""))):
            found.add(("participant", one.pk))
        elif item["kind"] == ItemKind.FILE and (file := has.file_for(item["key"])):
            found.add(("file", file.pk))
        elif item["kind"] == ItemKind.ACTIVITY:
            wanted = item.get("type_id")
            kinds = has.done if wanted is None else {wanted: has.done[wanted]} if wanted in has.done else {}
            first = min(kinds.items(), key=lambda each: each[1][0], default=None)
            if first is not None:
                found.add(("activity", first[0], first[1][0]))
    return found
