"""Amounts as people type them: 12k, 1.200,50, 2 500 €, EUR 500."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel.numbers import NumberFormatError, format_decimal, get_currency_symbol, list_currencies, parse_decimal
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.crm.models import base_currency
from leadline.web.frame.reader import reader

LONGEST = 60  # characters of an amount; beyond them it is none, and no pattern is tried on them
THOUSANDS = {"k": 1_000, "m": 1_000_000}
# Digits with what groups them (also blanks without a break), and what stands around: thousands, millions, a currency.
AMOUNT = re.compile(
    r"(?P<before>[^\d+\-−.,]*)(?P<number>[-−]?\d[\d.,'’\s\u00a0\u202f]*|[-−]?[.,]\d+)(?P<after>[^\d]*)", re.ASCII
)
BLANKS = re.compile(r"[\s\u00a0\u202f'’]")
GROUPED = re.compile(r"-?\d{1,3}([.,])\d{3}(\1\d{3})*", re.ASCII)  # no money has three decimals: 5.000 is 5,000
COMMON = ("USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "AUD", "CAD", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL")
SIGNS = {  # besides those that Babel knows
    "USD": ("$",), "JPY": ("¥",), "CNY": ("¥",), "CAD": ("C$",), "CHF": ("Fr.",), "SEK": ("kr",), "NOK": ("kr",),
    "DKK": ("kr",), "PLN": ("zł",), "CZK": ("Kč",),
}  # fmt: skip


def amount(text: str, name: str = "value") -> Decimal | int:
    """The number as the reader writes it, where it may have any decimals; what stands around it does not matter."""
    number, times, _code = _parts(text, name)
    return _scaled(_decimal(number, name), times)


def money(text: str, name: str = "value") -> tuple[Decimal | int, str]:
    """(12000, "EUR") of "12k €": the number, and the code of the currency, "" where none is named.

    Also 1.5m, 2.500,75, 1'200. Raises ValidationError for what is no amount, or names something that is no currency.
    """
    number, times, code = _parts(text, name)
    grouped = GROUPED.fullmatch(number)
    value = Decimal(number.replace(grouped[1], "")) if grouped else _decimal(number, name)
    return _scaled(value, times), code


def currency(word: str, name: str = "currency") -> str:
    """The code of EUR, eur, € or US$. A sign of several ($) is the base currency's where it fits, else the commonest's.

    Raises ValidationError for what is none.
    """
    if (code := word.upper()) in _codes():
        return code
    if not (meant := _signs().get(word)):
        raise ValidationError({name: _("“%(word)s” is no currency.") % {"word": word[:20]}})
    base = base_currency()
    return base if base in meant else meant[0]


def _parts(text: str, name: str) -> tuple[str, int, str]:
    """The number without blanks, by what it is multiplied, and the currency."""
    match = AMOUNT.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if match is None:
        raise _none(name)
    times, code = _around(match["before"].strip(), match["after"].strip(), name)
    return BLANKS.sub("", match["number"]).replace("−", "-"), times, code


def _around(before: str, after: str, name: str) -> tuple[int, str]:
    """(1000, "EUR") of what stands before and after the number: k or m right behind it, and a currency once."""
    times = THOUSANDS.get(after[:1].lower(), 1) if not after[1:2].isalpha() else 1
    rest = after[1:].strip() if times > 1 else after
    if before and rest:
        raise _none(name)
    return times, currency(before or rest, name) if before or rest else ""


def _decimal(number: str, name: str) -> Decimal:
    """By the reader's locale, strictly; else as it can be meant in one way only: 1200.5, 2.500,75, 12,5."""
    try:
        return parse_decimal(number, locale=reader().locale, strict=True)
    except NumberFormatError:
        return _either_way(number, name)


def _either_way(number: str, name: str) -> Decimal:
    """The last of point and comma is the decimal one where one or two digits follow it; the other groups by threes."""
    for point, group in (".,", ",."):
        if re.fullmatch(rf"-?(\d+|\d{{1,3}}(\{group}\d{{3}})+)(\{point}\d{{1,2}})?", number, re.ASCII):
            return Decimal(number.replace(group, "").replace(point, "."))
    raise _none(name)


def _scaled(value: Decimal, times: int) -> Decimal | int:
    value *= times
    return int(value) if value == value.to_integral_value() else value


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


@cache
def _signs() -> dict[str, list[str]]:
    """Currencies by the signs that they are written with, the commonest first."""
    found: dict[str, list[str]] = {}
    for code in (*COMMON, *sorted(_codes() - set(COMMON))):
        for sign in {get_currency_symbol(code, "en"), get_currency_symbol(code, "en_CA"), *SIGNS.get(code, ())}:
            found.setdefault(sign, []).append(code)
    return found


def _none(name: str) -> ValidationError:
    example = format_decimal(Decimal("1200.50"), "#,##0.00", locale=reader().locale)
    return ValidationError({name: _("Write a number, such as %(example)s.") % {"example": example}})
