"""A deal in one line: "Acme renewal 12k @Olga" is a title, a value and an owner."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.core.exceptions import ValidationError

from leadline.web.editing.amounts import currency, money

# A number is money where something says so: a currency, k or m, groups of thousands. "Phase 2" and "Budget 2027" are
# titles. How its digits are meant is for `editing.amounts` to say.
NUMBER = re.compile(
    r"""(?<![\d.,'\u2019])
    (?P<number>
        \d{1,3}(?:(?P<group>[.,'\u2019\u00a0\u202f\ ])\d{3}(?:(?P=group)\d{3})*)(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)
    (?![\d'\u2019]|[.,]\d)(?P<times>[kKmM](?![^\W\d_]))?""",
    re.VERBOSE | re.ASCII,
)
LONGEST = 4  # letters and signs of a currency: EUR, US$, Fr.
BEFORE = re.compile(rf"(?:^|\s)(?P<word>[^\s\d@]{{1,{LONGEST}}})\s?$")
AFTER = re.compile(rf"\s?(?P<word>[^\s\d@]{{1,{LONGEST}}})(?!\S)")
BLANKS = re.compile(r"[^\S\u00a0\u202f]+")  # but not those that group digits
WORDS = frozenset(("all", "bam", "bob", "cup", "gel", "mad", "mop", "pen", "rub", "sos", "top", "try"))  # codes, too
OWNER = re.compile(r"(?<!\S)@(?P<name>[^\s@]+)")
MOST = Decimal(10) ** 15


@dataclass(frozen=True)
class Line:
    """What a line was read as. `currency` is "" where the line names none; `owner` is a person's id.

    `unknown` and `several` are names after an @ that nobody bears, or more than one; they stay in the title.
    """

    title: str
    value: Decimal | None = None
    currency: str = ""
    owner: int | None = None
    unknown: str = ""
    several: str = ""


@dataclass(frozen=True)
class _Amount:
    value: Decimal
    currency: str
    start: int
    end: int


def read_line(text: str, currencies: Iterable[str], people: Mapping[int, str]) -> Line:
    """Value and owner are taken out of the line where they are plain to see; whatever is left is the title.

    `currencies` are the codes in use; `people` are ids and names, of whom @name must mean exactly one.
    """
    rest, named = _owner(BLANKS.sub(" ", text).strip(), people)
    found = next(_amounts(rest, set(currencies)), None)
    title = _tidy(rest[: found.start] + rest[found.end :]) if found else ""
    if found is None or not title:
        return Line(_tidy(rest), **named)
    return Line(title, found.value, found.currency, **named)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _owner(text: str, people: Mapping[int, str]) -> tuple[str, dict[str, Any]]:
    """The line without the one person whose name, or a word of it, begins so; what is to be said of it."""
    said: dict[str, Any] = {}
    for match in OWNER.finditer(text):
        wanted = match["name"].casefold()
        meant = [pk for pk, name in people.items() if name.casefold() == wanted] or [
            pk for pk, name in people.items() if any(word.startswith(wanted) for word in name.casefold().split())
        ]
        rest = BLANKS.sub(" ", text[: match.start()] + text[match.end() :]).strip()
        if len(meant) == 1 and _tidy(rest):
            return rest, {"owner": meant[0]}
        if len(meant) != 1:
            said.setdefault("several" if meant else "unknown", match["name"])
    return text, said


def _amounts(text: str, currencies: Collection[str]) -> Iterator[_Amount]:
    """From the end: an amount is written behind the title more often than before it."""
    for match in reversed(list(NUMBER.finditer(text))):
        start, end = match.start(), match.end()
        before = BEFORE.search(text[max(0, start - LONGEST - 2) : start]) if start else None
        after = AFTER.match(text, end)
        first = _code(before["word"], currencies) if before else ""
        last = _code(after["word"], currencies) if after else ""
        if before and first:
            start -= len(before["word"]) + (text[start - 1].isspace())
        if after and last:
            end = after.end()
        if (start and not text[start - 1].isspace()) or (end < len(text) and not text[end].isspace()):
            continue  # part of a word: 5G, v2.0, 24/7
        found = _meant(match, last or first)
        if found and found[0] < MOST:
            begin = start if first else match.end("number") - len(found[1])
            yield _Amount(found[0], last or first, begin, end)


def _meant(match: re.Match[str], code: str) -> tuple[Decimal, str] | None:
    """The value and the digits it was read from; None where nothing says that it is money."""
    number, times = match["number"], match["times"] or ""
    if match["group"] == " " and not code:
        number = number.rpartition(" ")[2]  # "Phase 2 500k": blanks group only what has a currency
    if not (code or times or re.search(r"[.,'\u2019\u00a0\u202f]\d{3}", number)):
        return None
    try:
        return Decimal(money(number + times)[0]), number
    except ValidationError:
        return None


def _code(word: str, currencies: Collection[str]) -> str:
    """The currency of EUR, eur, € or US$; "" for other words."""
    lettered = len(word) == 3 and word.isascii() and word.isalpha()
    plain = word.isupper() or (word.islower() and word not in WORDS)
    if lettered and word.upper() not in currencies and not (plain and word.upper() in _tender()):
        return ""
    try:
        return currency(word)
    except ValidationError:
        return ""


@cache
def _tender() -> frozenset[str]:
    """Codes of what is money somewhere today; those of the past are words now."""
    places = get_global("territory_currencies")
    return frozenset(code for place in places for code in get_territory_currencies(place))
