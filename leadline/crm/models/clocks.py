"""A deal's two clocks, as the log has them: when somebody last touched it (R3), when it entered its stage.

Verbs set the clocks as they go; they are read from the log only after something was taken back.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from leadline.accounts.actors import HUMAN_WAYS
from leadline.history.models import Change
from leadline.history.standing import standing

# Last touches by what hangs on deals: notes here, activities and mail above. Each answers for some deals, by id.
LastTouches = Callable[[Collection[int]], dict[int, dt.datetime]]
LAST_TOUCHES: list[LastTouches] = []
IMPORT = "import"


def by_hand(change: Change) -> bool:
    """Whether a person did it themselves."""
    return change.by_id is not None and change.via in HUMAN_WAYS


def touches(old: Collection[str], known: bool, via: str) -> bool:
    """R3: whether a change of a deal touches it: `old` names what changed, `known` says whether its actor is.

    By a person's hand, or an imported move: somebody made it in the system before (decision 0023). The same is what
    touches for the numbers (`insights.store.touches`), so that both count the same deals as rotten.
    """
    return (known and via in HUMAN_WAYS) or (via == IMPORT and "stage_id" in old)


def _touches(change: Change) -> bool:
    return touches(change.old, change.by_id is not None, change.via)


def changes_of(entity: str, ids: Sequence[int]) -> dict[int, list[Change]]:
    """All changes of these records, by id."""
    found: dict[int, list[Change]] = defaultdict(list)
    for start in range(0, len(ids), 500):
        for change in Change.objects.filter(entity=entity, record_id__in=ids[start : start + 500]).order_by("id"):
            found[change.record_id].append(change)
    return found


def last_by_hand(changes: Iterable[Change]) -> dt.datetime | None:
    return max((change.occurred_at for change in standing(changes) if by_hand(change)), default=None)


def _last(changes: Iterable[Change]) -> dt.datetime | None:
    return max((change.occurred_at for change in standing(changes) if _touches(change)), default=None)


def read_clocks(deals: dict[int, int | None]) -> dict[int, tuple[dt.datetime | None, dt.datetime | None]]:
    """(last touch, stage entered) of deals, given as {id: stage id}; None where the log knows none."""
    logs = changes_of("deal", sorted(deals))
    found = {pk: [_last(logs[pk])] for pk in deals}
    for last_touches in LAST_TOUCHES:
        for pk, at in last_touches(list(deals)).items():
            found[pk].append(at)
    return {
        pk: (max((at for at in found[pk] if at), default=None), entered(logs[pk], stage)) for pk, stage in deals.items()
    }


def entered(changes: list[Change], stage_id: int | None) -> dt.datetime | None:
    """When the deal came to stand, open, where it stands: by a move, by being made or by being opened again there."""
    for choice in (standing(changes), changes):
        entries = [change.occurred_at for change in choice if _enters(change, stage_id)]
        if entries:
            return max(entries)
    return None


def _enters(change: Change, stage_id: int | None) -> bool:
    new = change.new
    if stage_id is None or new.get("stage_id") != stage_id:
        return False
    opened = "status" in change.old and new.get("status") == "open"
    return change.verb == Change.CREATE or "stage_id" in change.old or opened
