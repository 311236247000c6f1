"""What somebody typed, in their own way of writing, as a field takes it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.crm.fields import Field, FieldKind
from leadline.web.frame.reader import reader

THOUSANDS = {"k": 1_000, "m": 1_000_000}
AMOUNT = re.compile(r"[^\d.,'’\s  −-]*\s*(?P<number>[-−]?[\d.,'’\s  ]*\d)\s*(?P<times>[kKmM]?)\b[^\d]*")


def typed(field: Field, text: str) -> Any:
    """The value to set. Raises ValidationError that says what is expected."""
    if text.strip():
        if field.kind in (FieldKind.MONEY, FieldKind.NUMBER):
            return field.clean(amount(text, field.attname))
        if field.kind is FieldKind.MOMENT:
            return field.clean(_here(text, field.attname))
    return field.clean(text)


def amount(text: str, name: str = "value") -> Decimal | int:
    """1,200.50 or 1.200,50 as the reader writes it; also 12k, 1.5m, with or without a sign of currency."""
    match = AMOUNT.fullmatch(text.strip())
    if match is None:
        raise ValidationError({name: _("Write a number, such as %(example)s.") % {"example": _example()}})
    times = THOUSANDS.get(match["times"].lower(), 1)
    value = _decimal(match["number"].replace("−", "-"), name) * times
    return int(value) if value == value.to_integral_value() else value


def _decimal(text: str, name: str) -> Decimal:
    """By the reader's locale, strictly; a number that means the same everywhere (1200.5) is taken too."""
    text = re.sub(r"[\s  ’']", "", text)
    try:
        return parse_decimal(text, locale=reader().locale, strict=True)
    except NumberFormatError:
        if re.fullmatch(r"-?\d+(\.\d{1,2})?", text):
            return Decimal(text)
        raise ValidationError({name: _("Write a number, such as %(example)s.") % {"example": _example()}}) from None


def _example() -> str:
    return format_decimal(Decimal("1200.50"), "#,##0.00", locale=reader().locale)


def _here(text: str, name: str) -> dt.datetime:
    """A clock time without a zone is the reader's."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValidationError({name: _("Write a day and a time, such as 2026-11-22 14:30.")}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=reader().zone)
