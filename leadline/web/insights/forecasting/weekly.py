"""The forecast kept every week, whether or not anybody looks at it."""

from __future__ import annotations

import logging
import threading

from django.db import connections

from leadline.crm.models import Deal
from leadline.insights.ask_forecast import forecast
from leadline.insights.ask_forecasts_kept import is_due
from leadline.insights.kept.subject import Subject

PAUSE = 3600.0  # seconds
log = logging.getLogger(__name__)


def in_background() -> None:
    """Looks once an hour, as long as the server runs, whether a week has passed."""
    threading.Thread(target=_look_after, name="forecasts", daemon=True).start()


def keep_due() -> bool:
    """Keeps what is due to be kept; whether it was."""
    if not is_due() or not Deal.objects.exists():
        return False
    forecast(Subject())
    return not is_due()


def _look_after() -> None:
    rest = threading.Event()
    while not rest.wait(PAUSE):
        try:
            keep_due()
        except Exception:  # the database may be away: the next hour looks again
            log.exception("keeping the forecast")
        finally:
            connections.close_all()
