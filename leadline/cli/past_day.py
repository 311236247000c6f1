"""The day as of which a command answers."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from leadline.cli.errors import Failure
from leadline.web.insights.period import company_today

WRONG = 2  # wrong usage
FIRST = dt.date(1900, 1, 1)  # no company's records begin before


def past_day(text: str) -> dt.date | None:
    """A day that is over; None for now: for nothing, and for a day that is not over, as on the pages.

    Raises Failure for what is no day, or lies before anything that is recorded.
    """
    try:
        day = dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Failure(_("--as-of: %(text)s is not a day; write it as 2026-11-22.") % {"text": text}, WRONG) from None
    if day is not None and day < FIRST:
        raise Failure(_("--as-of: nothing is recorded of %(text)s.") % {"text": text}, WRONG)
    return day if day is not None and day < company_today() else None
