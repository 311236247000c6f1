"""What hears when leads and deals are no longer open to somebody's answer: closed, thrown away, given to another.

`crm.offered` reads hand-offs, which hang on leads and deals: it hangs itself in here rather than being imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leadline.history.recorded import Done

ENDINGS = frozenset({"status", "deleted_at", "owner_id"})
HEARS: list[Callable[[Sequence[Done]], object]] = []


def let_go(done: Sequence[Done]) -> None:
    """Tells of those whose status or owner changed, or which went into the trash or came out of it."""
    ended = [part for part in done if ENDINGS & part.old.keys()]
    for hear in HEARS if ended else ():
        hear(ended)
