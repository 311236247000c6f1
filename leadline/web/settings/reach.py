"""What somebody sees and may change, asked of the few records of a page at once: one question a kind.

`visible_to` on what hangs on deals would gather every visible deal first, and `may` asks for each record anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from leadline.accounts.models import User
from leadline.accounts.models.visibility import Guarded
from leadline.accounts.permissions import changed_by, may
from leadline.history.recorded import Recorded
from leadline.history.registry import model_of, recorded_models
from leadline.web.timeline.seeing import seen

HANGING = frozenset({"note", "file", "activity", "deal_product", "participant"})


def seen_rows(kind: str, rows: Sequence[Any], reader: User) -> list[Any]:
    """Those of some rows of a kind that the reader may see, in their order."""
    if reader.is_administrator and reader.is_active:
        return list(rows)
    if kind in HANGING:
        return seen(rows, reader)
    open_to = seen_ids(kind, {row.pk for row in rows}, reader)
    return [row for row in rows if row.pk in open_to]


def seen_ids(kind: str, ids: Iterable[int], reader: User) -> set[int]:
    """Those of some records of a kind that are there and that the reader may see."""
    rows: Any = recorded_models()[kind].objects
    if kind in HANGING:
        return {row.pk for row in seen_rows(kind, list(rows.filter(pk__in=ids)), reader)}
    return set(rows.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))


def changeable(rows: Sequence[Recorded], user: User) -> set[tuple[str, int]]:
    """(kind, number) of those that somebody may change; what hangs on another record is asked of that one."""
    guards = {(row.ENTITY, row.pk): _guard(row) for row in rows}
    asked: dict[str, set[int]] = defaultdict(set)
    for kind, pk in guards.values():
        asked[kind].add(pk)
    allowed = {(kind, pk) for kind, ids in asked.items() for pk in _allowed(kind, ids, user)}
    own = {(row.ENTITY, row.pk) for row in rows if getattr(row, "owner_id", None) == user.pk and may(user, "add", row)}
    return own | {place for place, guard in guards.items() if guard in allowed}


def _allowed(kind: str, ids: set[int], user: User) -> set[int]:
    model = model_of(kind)
    if kind in Guarded.values:
        return set(model._base_manager.filter(changed_by(user, kind), pk__in=ids).values_list("pk", flat=True))
    return {row.pk for row in model._base_manager.filter(pk__in=ids) if may(user, "change", row)}


def _guard(row: Any) -> tuple[str, int]:
    """By number, so that the guarding record is not read for each row."""
    hooks = ("deal", "lead") if row.ENTITY == "activity" else ("deal", "lead", "person", "organization")
    if row.ENTITY not in HANGING:
        return row.ENTITY, row.pk
    return next(((hook, pk) for hook in hooks if (pk := getattr(row, f"{hook}_id", None))), (row.ENTITY, row.pk))
