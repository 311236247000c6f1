"""Digests at their hour, as long as the server runs."""

from __future__ import annotations

import datetime as dt
import logging
import threading

from django.db import connections

from leadline.mail import digests
from leadline.mail.models import Edition
from leadline.web.digests.making import made

PAUSE = 60  # seconds
log = logging.getLogger(__name__)


def run_due(now: dt.datetime | None = None) -> list[Edition]:
    """Makes and files what is due; see `mail.digests.run_due`."""
    return digests.run_due(made, now)


def in_background() -> None:
    """Looks once a minute. Several servers do so without harm."""
    threading.Thread(target=_look_after, name="digests", daemon=True).start()


def _look_after() -> None:
    rest = threading.Event()
    while not rest.wait(PAUSE):
        try:
            run_due()
        except Exception:  # the database may be away: the next minute looks again
            log.exception("making digests")
        finally:
            connections.close_all()
