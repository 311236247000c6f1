"""Whether somebody may see what stands in a stream: asked of the few records that the rows of a page hang on.

`visible_to` on the notes of a record would gather every visible deal first; a page has thirty rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.http import Http404

from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
from leadline.crm.models.hanging import HOOKS
from leadline.history.recorded import Recorded

Row = TypeVar("Row", bound=Recorded)


def seen(rows: Sequence[Row], user: User, on: Recorded | None = None) -> list[Row]:
    """Those that the person may see, in their order; what is guarded by `on`, seen already, is seen with it."""
    guards = {row.pk: _guard(row) for row in rows}
    known = {(on.ENTITY, on.pk)} if on is not None else set()
    open_ = known | visible_places({guard for guard in guards.values() if guard} - known, user)
    own = _own([row for row in rows if guards[row.pk] is None or guards[row.pk] not in open_], user)
    return [row for row in rows if guards[row.pk] in open_ or row.pk in own]


def one(model: type[Row], pk: int, user: User) -> Row:
    """A row that the person may see. Raises Http404."""
    rows = seen(list(model._base_manager.filter(pk=pk)), user)
    if not rows:
        raise Http404
    return rows[0]


def _guard(row: Any) -> tuple[str, int] | None:
    """What the row is seen with: activities are guarded by deal or lead only."""
    hooks = ("deal", "lead") if row.ENTITY == "activity" else tuple(HOOKS)
    return next(((hook, pk) for hook in hooks if (pk := getattr(row, f"{hook}_id", None))), None)


def visible_places(places: Iterable[tuple[str, int]], user: User) -> set[tuple[str, int]]:
    """Those of some records, by kind and id, that the person may see: one query a kind at most."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in places:
        wanted[kind].append(pk)
    found: set[tuple[str, int]] = set()
    for kind, ids in wanted.items():
        if not seen_by(user, kind):  # they see all of them
            found |= {(kind, pk) for pk in ids}
            continue
        rows: Any = HOOKS[kind].objects
        found |= {(kind, pk) for pk in rows.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)}
    return found


def _own(rows: Sequence[Any], user: User) -> set[int]:
    """Activities: those one owns or takes part in; those on no deal and no lead as any record with an owner."""
    activities = [row for row in rows if row.ENTITY == "activity" and user.is_active]
    alone = [row.pk for row in activities if row.deal_id is None and row.lead_id is None]
    found = {row.pk for row in activities if row.owner_id == user.pk or user.pk in row.colleague_ids}
    if alone:
        seen_alone = type(activities[0])._base_manager.filter(seen_by(user, "activity"), pk__in=alone)
        found |= set(seen_alone.values_list("pk", flat=True))
    return found
