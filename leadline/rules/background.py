"""Rules act as long as the server runs."""

from __future__ import annotations

import time

from leadline.history import beside
from leadline.rules import following

PAUSE = 2.0  # seconds between two looks at the log, which cost a question each
TIMED = 120.0  # seconds between two looks at clocks and dates


class Working:
    """What one server does in turn."""

    def __init__(self) -> None:
        self.looked = 0.0

    def __call__(self) -> None:
        following.catch_up()
        if not self.looked or time.monotonic() - self.looked > TIMED:
            following.look()
            self.looked = time.monotonic()


def in_background() -> None:
    """Several servers do so without harm."""
    beside.again("rules", PAUSE, Working())
