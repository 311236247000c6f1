"""Reading and writing a draft in a thread of its own. Everything of lasting interest stands in its row.

One process serves a data folder, so who is at work stands in memory: a draft that is being read and has nobody at it
lost its process, and is begun again by whoever looks at it next (`go_on`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import BoundedSemaphore, Lock, Thread

from django.conf import settings
from django.db import connection
from django.utils import translation

from leadline.imports.drafts import held
from leadline.imports.drafts.pulse import Overtaken
from leadline.imports.drafts.reading_through import read_through
from leadline.imports.drafts.writing_down import write_down
from leadline.imports.models import Draft, Stand

AT_ONCE = BoundedSemaphore(2)  # drafts read at the same time: pages are answered by the same process
log = logging.getLogger(__name__)
_threads: dict[int, Thread] = {}
_lock = Lock()


def read(draft: Draft) -> Thread:
    """Begin to read and try out a draft; returns at once. Whoever is at it already begins again by itself."""
    draft.stand, draft.errors = Stand.READING, []
    draft.save(update_fields=["stand", "errors", "touched_at"])
    return _start(draft, _reading)


def write(draft: Draft) -> Thread:
    """Begin to write a draft that has no open questions; returns at once. `arrival` is set as soon as it is known."""
    draft.stand, draft.done = Stand.WRITING, 0
    draft.save(update_fields=["stand", "done", "touched_at"])
    return _start(draft, _writing)


def go_on(draft: Draft) -> None:
    """Where nobody is at a draft whose last decisions nobody has read, or whose process has died, read it (again).

    What a dead process had written was taken back by the next start; whether to write again, a person decides.
    """
    stale = draft.stand in (Stand.READING, Stand.WRITING) or (
        draft.stand == Stand.READY and draft.found_at != draft.revision
    )
    if stale and not at_work(draft):
        read(draft)


def at_work(draft: Draft) -> bool:
    """Whether a thread is reading or writing it."""
    with _lock:
        thread = _threads.get(draft.pk)
        return thread is not None and thread.is_alive()


def wait(draft: Draft, seconds: float) -> None:
    """Give a small draft the time it needs, so that the next page shows it read."""
    with _lock:
        thread = _threads.get(draft.pk)
    if thread is not None:
        thread.join(seconds)


def _start(draft: Draft, work: Callable[[int], None]) -> Thread:
    with _lock:
        thread = _threads.get(draft.pk)
        if thread is not None and thread.is_alive():
            return thread
        for pk in [pk for pk, one in _threads.items() if not one.is_alive()]:
            del _threads[pk]
        thread = Thread(target=_run, args=(draft.pk, work), name=f"draft-{draft.pk}", daemon=True)
        _threads[draft.pk] = thread
    thread.start()
    return thread


def _run(pk: int, work: Callable[[int], None]) -> None:
    """What goes wrong unforeseen is said on the page and, with its traceback, in the log."""
    try:
        with AT_ONCE:
            work(pk)
    except Exception:
        log.exception("Import draft %s failed", pk)
        Draft.objects.filter(pk=pk).update(stand=Stand.BROKEN, errors=[])
    finally:
        connection.close()


def _reading(pk: int) -> None:
    """Read until nobody has decided anything meanwhile."""
    read_at: int | None = None
    while (draft := Draft.objects.select_related("by").filter(pk=pk).first()) and draft.revision != read_at:
        read_at = draft.revision
        try:
            with translation.override(draft.by.language or settings.LANGUAGE_CODE):
                read_through(draft)
        except Overtaken:
            read_at = None
    if draft is None:
        held.give_up(pk)


def _writing(pk: int) -> None:
    draft = Draft.objects.select_related("by").get(pk=pk)
    with translation.override(draft.by.language or settings.LANGUAGE_CODE):
        write_down(draft)
