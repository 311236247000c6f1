"""Says in this process that an arrival waits to be made a lead, and whether many are coming just now."""

from __future__ import annotations

import threading
import time
from collections import deque

from django.db import transaction

MANY = 20  # within a second
wanted = threading.Event()
_came: deque[float] = deque(maxlen=MANY)


def wake() -> None:
    """Once what is being written can be read by others."""
    transaction.on_commit(_wake)


def many_come() -> bool:
    """Whether so many come that making leads of them had better wait."""
    return len(_came) == MANY and time.monotonic() - _came[0] < 1.0


def _wake() -> None:
    _came.append(time.monotonic())
    wanted.set()
