"""How cards say money, names and times: short, and quick for hundreds of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from babel import dates, numbers

from leadline.web.frame.formats import money
from leadline.web.frame.reader import reader


def card_money(value: Decimal, currency: str) -> str:
    """As `money`, remembered: the same few amounts stand on many cards, and writing one takes as long as a query."""
    return _money(value, currency, str(reader().locale))


@lru_cache(maxsize=20_000)
def _money(value: Decimal, currency: str, _locale: str) -> str:
    return money(value, currency)


def head_money(value: Decimal, currency: str) -> str:
    """As short as a narrow column needs it: $5,150,000 is $5.15M. The exact sum stands in the tip beside it."""
    if -1_000_000 < value < 1_000_000:
        return money(value, currency, whole=True)
    digits = 1 if abs(value) >= 10_000_000 else 2
    return numbers.format_compact_currency(value, currency, locale=reader().locale, fraction_digits=digits)


@lru_cache(maxsize=2_000)
def initials(name: str) -> str:
    """Two letters for a face: of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def time_of_day(at: dt.datetime) -> str:
    """14:05, in the reader's time zone."""
    return dates.format_time(at, "short", tzinfo=reader().zone, locale=reader().locale)
