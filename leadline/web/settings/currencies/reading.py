"""Rates and dates as people type them, and the names of currencies."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

from babel import Locale, numbers
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.web.frame.reader import reader

PLACES = 10  # decimals of a rate


def read_rate(text: str) -> Decimal:
    """The rate, as the reader writes numbers. Raises ValidationError({"rate": …})."""
    clean = text.strip()
    try:
        return numbers.parse_decimal(clean, locale=reader().locale, strict=True)
    except (numbers.NumberFormatError, ValueError):
        example = written(Decimal("1.08"))
        raise ValidationError({"rate": _("Write a number such as %(example)s.") % {"example": example}}) from None


def read_day(text: str) -> dt.date:
    """Raises ValidationError({"on_date": …})."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise ValidationError({"on_date": _("Choose a day.")}) from None


def written(rate: Decimal) -> str:
    """A rate as the reader writes it, with as many decimals as it has."""
    pattern = "0." + "#" * PLACES
    return numbers.format_decimal(rate, pattern, locale=reader().locale)


def name_of(code: str) -> str:
    """ "Swiss Franc"; the code itself where the language has no name for it."""
    return str(numbers.get_currency_name(code, locale=reader().locale))


def choices(without: set[str]) -> list[tuple[str, str]]:
    """The currencies that are legal tender somewhere today, by code, with their names."""
    return [(code, name_of(code)) for code in sorted(_current() - without)]


@cache
def _current() -> frozenset[str]:
    known = get_global("territory_currencies")
    places = [place for place in map(str, Locale("en").territories) if place in known]
    return frozenset(str(code) for place in places for code in numbers.get_territory_currencies(place))
