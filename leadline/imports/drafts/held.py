"""Plans that were read and wait for a yes, in this process's memory: what was read need not be read again.

A plan is an open staging file. After a restart there is none, and the draft is read once more.
"""

from threading import Lock
from typing import NamedTuple

from leadline.imports.importing import discard
from leadline.imports.models import Draft, Import
from leadline.imports.planning.plan import Plan


class Held(NamedTuple):
    """The plan of one revision of a draft."""

    revision: int
    arrival: Import
    plan: Plan


_held: dict[int, Held] = {}
_lock = Lock()


def hold(draft: Draft, revision: int, arrival: Import, plan: Plan) -> None:
    """Keep the plan until it is taken or given up."""
    with _lock:
        old = _held.pop(draft.pk, None)
        _held[draft.pk] = Held(revision, arrival, plan)
    if old is not None:
        discard(old.arrival, old.plan)


def take(draft: Draft) -> Held | None:
    """The plan of the draft as it is decided now; another one is given up."""
    with _lock:
        found = _held.pop(draft.pk, None)
    if found is not None and found.revision != draft.revision:
        discard(found.arrival, found.plan)
        return None
    return found


def known(draft: Draft) -> int | None:
    """The number that the import of the held plan will have."""
    with _lock:
        found = _held.get(draft.pk)
    return found.arrival.pk if found is not None and found.revision == draft.revision else None


def give_up(pk: int) -> None:
    """Close the plan of a draft, if there is one."""
    with _lock:
        found = _held.pop(pk, None)
    if found is not None:
        discard(found.arrival, found.plan)
