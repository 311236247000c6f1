"""What is new behind a cursor, for one reader."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import orjson

from leadline.accounts.models import User
from leadline.history.reading import READ, Cursor, changes_after, end_of_log, moved
from leadline.history.registry import recorded_models

MOST = 200  # changes told one by one; an import of thousands is told as "many"
PLACES = ("deal_id", "lead_id", "person_id", "organization_id")
# A change of these may take a record out of somebody's sight: their page must let go of it.
HIDING = frozenset({"owner_id", "deleted_at", "deal_id", "lead_id"})


def news(user: User, after: Cursor) -> tuple[Cursor, list[dict[str, Any]] | None]:
    """The new cursor, and the changes the reader may know of; None for the list where there are too many."""
    rows = changes_after(after, MOST + 1)
    if len(rows) > MOST:
        return end_of_log(), None
    told = [_told(dict(zip(READ, row, strict=True)), user) for row in rows]
    seen = _seen(told, user)
    return moved(after, rows), [
        change if change["id"] in seen[change["kind"]] else _gone(change)
        for change in told
        if change["id"] in seen[change["kind"]] or change["hides"]
    ]


def _told(row: dict[str, Any], user: User) -> dict[str, Any]:
    before, after = _json(row["before"]), _json(row["after"])
    return {
        "kind": row["entity"],
        "id": row["record_id"],
        "verb": row["verb"],
        "fields": sorted(before),
        "on": {name.removesuffix("_id"): after[name] for name in PLACES if after.get(name)},
        "mine": row["by_id"] == user.pk,
        "act": _act(row["act"]),
        "hides": bool(HIDING & before.keys()),
    }


def _gone(change: dict[str, Any]) -> dict[str, Any]:
    """Only that there is something no more: a page that showed it lets go of it; to others the number says nothing."""
    return {"kind": change["kind"], "id": change["id"], "gone": True, "fields": [], "on": {}}


def _seen(told: list[dict[str, Any]], user: User) -> dict[str, set[int]]:
    """Which of the records the reader may see, by kind: one query a kind. Kinds without rows of their own: none."""
    ids: dict[str, set[int]] = defaultdict(set)
    for change in told:
        ids[change["kind"]].add(change["id"])
    models = recorded_models()
    found: dict[str, set[int]] = defaultdict(set)
    for kind, wanted in ids.items():
        if kind in models:
            found[kind] = set(models[kind].objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))
    return found


def _json(text: Any) -> dict[str, Any]:
    return text if isinstance(text, dict) else orjson.loads(text or "{}")


def _act(act: Any) -> str:
    """With dashes, as pages know it; SQLite keeps 32 hexadecimal characters."""
    text = str(act or "")
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}" if len(text) == 32 else text
