"""Filters in the reader's way of writing numbers and days."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from leadline.web.frame import formats


class Reading:
    """See crm.filtering.Write."""

    def number(self, value: Decimal) -> str:
        return formats.number(value, max(0, -int(value.normalize().as_tuple().exponent)))

    def day(self, value: dt.date) -> str:
        return formats.day(value)


READING = Reading()
