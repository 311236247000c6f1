"""Working hours as people write them: minutes since midnight as 09:00, midnight at the end of a day as 24:00."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def clock_text(minutes: int) -> str:
    """09:00"""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def read_clock(text: str, name: str) -> int:
    """Raises ValidationError for what is no time of a day."""
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(:00)?", text.strip(), re.ASCII)
    minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else -1
    if name == "day_ends" and minutes == 0:
        minutes = 24 * 60  # a time field has no 24:00
    if not 0 <= minutes <= 24 * 60:
        raise ValidationError({name: _("Write a time such as 09:00.")})
    return minutes
