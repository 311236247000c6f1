"""Numbers in addresses: 5000, 1000..5000, ..9, 2.5k."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from leadline.crm.filtering.meaning import Unreadable, Write
from leadline.history.cleaning import LARGEST

Bounds = tuple[Decimal | None, Decimal | None]  # both inclusive; None is without end

_WRITTEN = re.compile(r"[+-]?(\d{1,15}|\d{1,3}([, ’']\d{3})+)?(\.\d{1,20})?([kKmM])?", re.ASCII)
_THOUSANDS = {"k": Decimal(1000), "m": Decimal(1_000_000)}


def bounds(text: str, decimals: int) -> tuple[Bounds, str]:
    """(least, most) of what is written, to so many decimals, and its one way of writing. Raises Unreadable."""
    if ".." not in text:
        one = amount(text, decimals)
        return (one, one), plain(one)
    start, _dots, end = (part.strip() for part in text.partition(".."))
    if not start and not end:
        raise _wrong(text)
    least = amount(start, decimals) if start else None
    most = amount(end, decimals) if end else None
    if least is not None and most is not None and least > most:
        raise Unreadable(_("The least is more than the most."))
    return (least, most), f"{_plain(least)}..{_plain(most)}"


def amount(text: str, decimals: int) -> Decimal:
    """One number as people type it. Raises Unreadable."""
    text = text.strip()
    written = _WRITTEN.fullmatch(text)
    if written is None or not any(sign.isdigit() for sign in text):
        raise _wrong(text)
    times = _THOUSANDS.get((written[4] or "").lower(), Decimal(1))
    value = Decimal(re.sub(r"[, ’'kKmM]", "", text)) * times
    if abs(value) >= LARGEST:
        raise Unreadable(_("This number is too large."))
    return round(value, decimals)


def told(text: str, write: Write) -> str:
    """How a canonical text reads: "1,000 to 5,000", "at least 9"."""
    if ".." not in text:
        return write.number(Decimal(text))
    start, end = text.split("..")
    if not start:
        return _("at most %(number)s") % {"number": write.number(Decimal(end))}
    if not end:
        return _("at least %(number)s") % {"number": write.number(Decimal(start))}
    return _("%(least)s to %(most)s") % {"least": write.number(Decimal(start)), "most": write.number(Decimal(end))}


def plain(value: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    return format(value.normalize() if value else Decimal(0), "f")


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _wrong(text: str) -> Unreadable:
    return Unreadable(_("%(text)s is not a number. Write 5000, or 1000..5000.") % {"text": text[:60]})
