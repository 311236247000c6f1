"""Work that goes on beside requests as long as the server runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import connections

log = logging.getLogger(__name__)


def again(name: str, pause: float, work: Callable[[], object], wanted: threading.Event | None = None) -> None:
    """Does the work every `pause` seconds, and at once when it is `wanted`, in a thread of its own; returns at once.

    What fails is logged and tried again: the database may be away. Several servers must be able to do so without harm.
    """
    threading.Thread(
        target=_for_ever, args=[name, pause, work, wanted or threading.Event()], name=name, daemon=True
    ).start()


def _for_ever(name: str, pause: float, work: Callable[[], object], wanted: threading.Event) -> None:
    while True:
        wanted.wait(pause)
        wanted.clear()
        try:
            work()
        except Exception:
            log.exception("%s", name)
        finally:
            connections.close_all()
