"""What waits in the nurture stream: until a day, until something happens, or until whichever comes first (R4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def wait(record: Any, when: dt.datetime, *, day: dt.date | None, event: str, reason: str) -> None:
    """Set of a deal or a lead until when it waits, and why; for verbs, which set the status.

    Raises ValidationError for a day that is not ahead, and where neither day nor event is named: nothing would ever
    bring it back.
    """
    said = " ".join(event.split())
    if day is None and not said:
        raise ValidationError({"come_back_on": _("Name the day on which it comes back, or what must happen first.")})
    today = timezone.localdate(when)
    if day is not None and day <= today:
        raise ValidationError({"come_back_on": _("Choose a day after %(day)s.") % {"day": today}})
    record.come_back_on, record.come_back_event, record.parked_reason = day, said, " ".join(reason.split())


def wait_no_more(record: Any) -> None:
    """It waits for nothing; for verbs by which it leaves the nurture stream."""
    record.come_back_on, record.come_back_event, record.parked_reason = None, "", ""
