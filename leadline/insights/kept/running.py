"""The one thread that works slow answers out, one after another, while the server answers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db import connections

LIMIT = 300.0  # seconds that a job may take
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """`work` is to be done from `due` on (seconds of the steady clock); `late` is told when it takes too long."""

    key: Hashable
    work: Callable[[], None]
    late: Callable[[], None]
    due: float


class Runs:
    """Jobs by key: one of each, one at a time. Its thread lives while there is something to do.

    A thread cannot be stopped from outside: a job that takes longer than `limit` is told to be late and left to end by
    itself, while the others go on. Until it has ended the same is not begun again.
    """

    def __init__(self, limit: float = LIMIT, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._clock = limit, clock
        self._waiting: dict[Hashable, Job] = {}
        self._under_way: set[Hashable] = set()
        self._changed = threading.Condition()
        self._busy = False

    def add(self, key: Hashable, work: Callable[[], None], late: Callable[[], None], rest: float = 0.0) -> None:
        """To be done after `rest` seconds; nothing where the same is waiting or under way."""
        with self._changed:
            if key in self._waiting or key in self._under_way:
                return
            self._waiting[key] = Job(key, work, late, self._clock() + rest)
            self._changed.notify_all()
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._go_on, name="kept answers", daemon=True).start()

    def begun(self, key: Hashable) -> bool:
        """Whether it is under way, or next to be."""
        with self._changed:
            waiting = self._waiting.get(key)
            return key in self._under_way or (waiting is not None and waiting.due <= self._clock())

    def _go_on(self) -> None:
        while job := self._next():
            worker = threading.Thread(target=self._do, args=[job], name="kept answer", daemon=True)
            worker.start()
            worker.join(self._limit)
            if worker.is_alive():
                _quietly(job.late)

    def _next(self) -> Job | None:
        """The job that is due first, once it is due; None when there is none left."""
        with self._changed:
            while self._waiting:
                job = min(self._waiting.values(), key=lambda one: one.due)
                rest = job.due - self._clock()
                if rest <= 0:
                    self._under_way.add(job.key)
                    return self._waiting.pop(job.key)
                self._changed.wait(rest)
            self._busy = False
            return None

    def _do(self, job: Job) -> None:
        try:
            _quietly(job.work)
        finally:
            with self._changed:
                self._under_way.discard(job.key)


class AtOnce:
    """Does what is due where it is asked for: for tests, and where nobody waits."""

    def add(self, key: Hashable, work: Callable[[], None], late: Callable[[], None], rest: float = 0.0) -> None:
        """Done on return; what is to rest is left."""
        if rest <= 0:
            work()

    def begun(self, key: Hashable) -> bool:
        """Never: whoever asks has waited."""
        return False


def _quietly(deed: Callable[[], None]) -> None:
    try:
        deed()
    except Exception:  # a job says itself what failed; this is about one that could not even say it
        log.exception("kept answers")
    finally:
        connections.close_all()
