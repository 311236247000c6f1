"""Amounts as people write them: thousands marks, decimal commas, currency signs, "12k", "(500)".

Which of "." and "," is the decimal mark is settled for a whole column (`Evidence`).
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from django.utils.translation import gettext as _

from leadline.imports.faults import BadValue
from leadline.imports.values import money_signs

PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
BLANKS = str.maketrans("", "", "\u00a0\u202f\u2009 '’_`")
SCALES = {"k": 1_000, "m": 1_000_000, "mio": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000}
SCALE = re.compile(r"(?<=\d)(k|m|mio|mn|bn|b)\.?$", re.IGNORECASE)
LARGEST = Decimal(10) ** 15


@dataclass
class Evidence:
    """What a column's cells say about its decimal mark."""

    comma: int = 0
    point: int = 0
    comma_threes: int = 0
    point_threes: int = 0

    def add(self, text: str) -> None:
        """Take one filled cell into account."""
        if "," not in text and "." not in text:
            return
        digits, _scale, _negative = stripped(text)
        commas, points = digits.count(","), digits.count(".")
        if commas and points:
            self.comma += digits.rfind(",") > digits.rfind(".")
            self.point += digits.rfind(".") > digits.rfind(",")
        elif commas > 1 or points > 1:
            self.point += commas > 1
            self.comma += points > 1
        else:
            self.single("," if commas else ".", digits)

    def single(self, mark: str, digits: str) -> None:
        """One mark: a decimal mark unless exactly three digits follow and it may be either."""
        before, _mark, after = digits.partition(mark)
        either = len(after) == 3 and 1 <= len(before) <= 3 and before != "0"
        if mark == ",":
            self.comma_threes += either
            self.comma += not either
        else:
            self.point_threes += either
            self.point += not either

    def decimal_mark(self) -> str:
        """ "." or ",". Only threes ("1,250") means a thousands mark: nobody keeps money in thousandths."""
        if self.comma != self.point:
            return "," if self.comma > self.point else "."
        return "," if self.point_threes > 2 and not self.comma_threes else "."


def stripped(text: str) -> tuple[str, int, bool]:
    """Digits and marks alone, the scale ("k" = 1000) and whether it is negative: "(1,200)", "-5", "5-"."""
    bare = money_signs.without(text).translate(BLANKS).replace("−", "-")
    scale = SCALE.search(bare)
    if scale:
        bare = bare[: scale.start()]
    negative = bare.startswith("-") or bare.endswith("-") or (bare.startswith("(") and bare.endswith(")"))
    return bare.strip("-+()%"), SCALES[scale[1].lower()] if scale else 1, negative


@lru_cache(maxsize=65536)
def read(text: str, decimal_mark: str = ".") -> Decimal:
    """The number meant by `text`. Raises `BadValue` where it is none or cannot be an amount."""
    if PLAIN.fullmatch(text) and decimal_mark == ".":
        return bounded(Decimal(text))
    digits, scale, negative = stripped(text)
    thousands = "," if decimal_mark == "." else "."
    plain = digits.replace(thousands, "").replace(decimal_mark, ".")
    if not re.fullmatch(r"(?:\d+\.?\d*|\.\d+)", plain):
        raise BadValue(_("this is not a number"), _("Write digits only, e.g. 1250.50."))
    try:
        number = Decimal(plain) * scale
    except InvalidOperation as error:
        raise BadValue(_("this is not a number"), _("Write digits only, e.g. 1250.50.")) from error
    return bounded(-number if negative else number)


def bounded(number: Decimal) -> Decimal:
    """The number, unless it is too large to be one of a sale."""
    if number.adjusted() > LARGEST.adjusted() or abs(number) >= LARGEST:
        raise BadValue(_("this number is too large"), _("Correct the number."))
    return number
