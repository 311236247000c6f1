"""Digests at their hour, as long as the server runs."""

from __future__ import annotations

import datetime as dt

from leadline.history import beside
from leadline.mail import digests
from leadline.mail.models import Edition
from leadline.web.digests.making import made

PAUSE = 60  # seconds


def run_due(now: dt.datetime | None = None) -> list[Edition]:
    """Makes and files what is due; see `mail.digests.run_due`."""
    return digests.run_due(made, now)


def in_background() -> None:
    """Looks once a minute. Several servers do so without harm."""
    beside.again("making digests", PAUSE, run_due)
