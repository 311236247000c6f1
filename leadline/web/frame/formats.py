"""Numbers, money and times as the reader writes them. Values are exact until here; a dash is "not known"."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from decimal import Decimal, localcontext
from functools import cache, lru_cache

from babel import Locale, dates, numbers
from django.utils.translation import gettext as _

from leadline.web.frame.reader import reader

Number = float | Decimal
UNKNOWN = "–"
DIGITS = 400  # of the longest number: a float has 309 before the point
KEPT = 8192  # writings kept: the same amounts and days stand on page after page, and each takes tens of microseconds


def number(value: Number | None, digits: int = 0) -> str:
    """12,345 or 1.5; with this many decimals."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return _number(value or 0, digits, str(reader().locale))  # minus nothing is nothing


@lru_cache(maxsize=KEPT)
def _number(value: Number, digits: int, locale: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    with localcontext(prec=DIGITS):
        return numbers.format_decimal(value, pattern, locale=locale)


def money(value: Number | None, currency: str, *, whole: bool = False) -> str:
    """$12,345; cents only where there are any and they matter (under 1,000), and never with `whole`."""
    if value is None:
        return UNKNOWN
    return _money(Decimal(str(value)), currency, whole, str(reader().locale))


@lru_cache(maxsize=KEPT)
def _money(amount: Decimal, currency: str, whole: bool, locale: str) -> str:
    cents = not whole and abs(amount) < 1000 and amount != amount.to_integral_value()
    pattern = None if cents else _whole(locale)
    with localcontext(prec=DIGITS):
        return numbers.format_currency(amount, currency, pattern, locale=locale, currency_digits=cents)


def exact_money(value: Number | None, currency: str) -> str:
    """$2,500.75: as it is kept, where an amount stands by itself; cents only where there are any."""
    if value is None:
        return UNKNOWN
    return _exact_money(Decimal(str(value)), currency, str(reader().locale))


@lru_cache(maxsize=KEPT)
def _exact_money(amount: Decimal, currency: str, locale: str) -> str:
    if amount == amount.to_integral_value():
        return _money(amount, currency, False, locale)
    return numbers.format_currency(amount, currency, locale=locale)


def typed_number(value: Number | None) -> str:
    """As the reader would type it into a form: no grouping, decimals only where there are some."""
    if value is None:
        return ""
    amount = Decimal(str(value))
    pattern = "0" if amount == amount.to_integral_value() else "0.00#######"
    return numbers.format_decimal(amount, pattern, locale=reader().locale)


def in_thousands(values: Iterable[Number | None]) -> bool:
    """Whether amounts that stand together are so large that none of them needs its cents."""
    return any(value is not None and not -1000 < value < 1000 for value in values)


@cache
def _whole(locale: str) -> str:
    """The locale's way of writing money, without decimals."""
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    return re.sub(r"\.0+", "", pattern)


def short_money(value: Number | None, currency: str) -> str:
    """$12,345,678, to the unit; from a hundred million on $123.4M."""
    if value is None or -100_000_000 < value < 100_000_000:
        return money(value, currency)
    return numbers.format_compact_currency(value, currency, locale=reader().locale, fraction_digits=1)


def percent(value: Number | None, digits: int = 0) -> str:
    """63 % of 0.63."""
    if value is None:
        return UNKNOWN
    pattern = reader().locale.percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("##0", f"##0.{'0' * digits}")
    return numbers.format_percent(value, pattern, locale=reader().locale)


def days(value: Number | None) -> str:
    """52, or 8.9: a number of days, under ten with one decimal."""
    if value is None:
        return UNKNOWN
    return number(value, 1 if -9.95 < value < 9.95 else 0)


def day(value: dt.date | dt.datetime | None) -> str:
    """22 Nov 2026, in the reader's time zone."""
    if value is None:
        return UNKNOWN
    if isinstance(value, dt.datetime):
        value = value.astimezone(reader().zone).date()
    return _day(value, str(reader().locale))


@lru_cache(maxsize=KEPT)
def _day(value: dt.date, locale: str) -> str:
    return dates.format_date(value, "medium", locale=locale)


def hour(value: int) -> str:
    """14:00, or 2:00 PM: of no particular day."""
    return str(dates.format_time(dt.time(value), "short", locale=reader().locale))


def moment(value: dt.datetime | None) -> str:
    """22 Nov 2026, 14:05, in the reader's time zone."""
    if value is None:
        return _("not known")
    here, locale = value.astimezone(reader().zone), reader().locale
    time = dates.format_time(here.time(), "short", locale=locale)
    return str(dates.get_datetime_format("medium", locale)).format(time, _day(here.date(), str(locale)))
