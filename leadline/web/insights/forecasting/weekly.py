"""The forecast kept every week, whether or not anybody looks at it."""

from __future__ import annotations

from leadline.crm.models import Deal
from leadline.history import beside
from leadline.insights.ask_forecast import forecast
from leadline.insights.ask_forecasts_kept import is_due
from leadline.insights.kept.subject import Subject

PAUSE = 3600.0  # seconds


def in_background() -> None:
    """Looks once an hour, as long as the server runs, whether a week has passed."""
    beside.again("keeping the forecast", PAUSE, keep_due)


def keep_due() -> bool:
    """Keeps what is due to be kept; whether it was."""
    if not is_due() or not Deal.objects.exists():
        return False
    forecast(Subject())
    return not is_due()
