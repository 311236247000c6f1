"""Numbers, money and times as the reader writes them. Values are exact until here; a dash is "not known"."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel import dates, numbers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.web.frame.reader import reader

Number = int | float | Decimal
UNKNOWN = "–"


def number(value: Number | None, digits: int = 0) -> str:
    """12,345 or 1.5; with at most `digits` decimals."""
    if value is None:
        return UNKNOWN
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return numbers.format_decimal(value, pattern, locale=reader().locale)


def money(value: Number | None, currency: str) -> str:
    """$12,345; cents only where there are any and they matter (under 1,000)."""
    if value is None:
        return UNKNOWN
    amount = Decimal(str(value))
    cents = abs(amount) < 1000 and amount != amount.to_integral_value()
    if not cents:
        amount = amount.quantize(Decimal(1))
    return numbers.format_currency(
        amount, currency, locale=reader().locale, currency_digits=cents, decimal_quantization=cents
    ).replace(".00", "" if not cents else ".00")


def short_money(value: Number | None, currency: str) -> str:
    """$1.2M: for a headline, with three figures that count."""
    if value is None:
        return UNKNOWN
    if abs(value) < 10_000:
        return money(value, currency)
    digits = 0 if abs(value) < 100_000 and value == int(value) and value % 1000 == 0 else 1
    return numbers.format_compact_currency(value, currency, locale=reader().locale, fraction_digits=digits)


def percent(value: Number | None, digits: int = 0) -> str:
    """63 % of 0.63."""
    if value is None:
        return UNKNOWN
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    return numbers.format_percent(value, pattern, locale=reader().locale)


def days(value: Number | None) -> str:
    """52 days; under ten with one decimal."""
    if value is None:
        return UNKNOWN
    shown = number(value, 1 if abs(value) < 10 else 0)
    return ngettext("%(count)s day", "%(count)s days", 1 if shown == "1" else 2) % {"count": shown}


def day(value: dt.date | dt.datetime | None) -> str:
    """22 Nov 2026, in the reader's time zone."""
    if value is None:
        return UNKNOWN
    if isinstance(value, dt.datetime):
        value = value.astimezone(reader().zone).date()
    return dates.format_date(value, "medium", locale=reader().locale)


def moment(value: dt.datetime | None) -> str:
    """22 Nov 2026, 14:05, in the reader's time zone."""
    if value is None:
        return _("not known")
    return dates.format_datetime(value, "short", tzinfo=reader().zone, locale=reader().locale)
