"""A deal in one line: "Acme renewal 12k @Olga" is a title, a value and an owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SIGNS: Mapping[str, str] = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}
TIMES: Mapping[str, int] = {"": 1, "k": 1_000, "m": 1_000_000}

# €12k, 12.5k, 1,200.50, 12 000 EUR (the code as a word of its own). A number is money where something says so: a sign,
# a currency, k or m, groups of thousands. "Phase 2" and "Budget 2027" are titles.
AMOUNT = re.compile(
    r"""(?<!\S)(?P<sign>[€$£¥₹])?(?P<number>\d{1,3}(?:[,.'\u2019\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)
    (?P<times>[kKmM])?(?P<after>[€$£¥₹])?(?:\s?(?P<code>[A-Z]{3}))?(?!\S)""",
    re.VERBOSE,
)
OWNER = re.compile(r"(?<!\S)@(?P<name>[^\s@]+)")
MOST = Decimal(10) ** 15


@dataclass(frozen=True)
class Line:
    """What a line was read as. `currency` is "" where the line names none; `owner` is a person's id."""

    title: str
    value: Decimal | None = None
    currency: str = ""
    owner: int | None = None


def read_line(text: str, currencies: Iterable[str], people: Mapping[int, str]) -> Line:
    """Value and owner are taken out of the line where they are plain to see; whatever is left is the title.

    `currencies` are the codes in use; `people` are ids and names, of whom @name must mean exactly one.
    """
    rest, owner = _owner(" ".join(text.split()), people)
    found = _amount(rest, set(currencies))
    if found is None:
        return Line(rest, owner=owner)
    value, currency, (start, end) = found
    title = " ".join((rest[:start] + rest[end:]).split())
    return Line(title, value, currency, owner) if title else Line(rest, owner=owner)


def _owner(text: str, people: Mapping[int, str]) -> tuple[str, int | None]:
    """The one person whose name, or a word of it, begins so."""
    for match in OWNER.finditer(text):
        wanted = match["name"].casefold()
        meant = [pk for pk, name in people.items() if name.casefold() == wanted] or [
            pk for pk, name in people.items() if any(word.startswith(wanted) for word in name.casefold().split())
        ]
        rest = " ".join((text[: match.start()] + text[match.end() :]).split())
        if len(meant) == 1 and rest:
            return rest, meant[0]
    return text, None


def _amount(text: str, currencies: set[str]) -> tuple[Decimal, str, tuple[int, int]] | None:
    """The last amount of the line: it is written behind the title more often than before it."""
    for match in reversed(list(AMOUNT.finditer(text))):
        currency = SIGNS.get(match["sign"] or match["after"] or "", "")
        end = match.end()
        if match["code"]:
            if match["code"] in currencies:
                currency = match["code"]
            else:
                end = match.start("code")
        if not (currency or match["times"] or _grouped(match["number"])):
            continue
        value = _number(match["number"]) * TIMES[(match["times"] or "").lower()]
        if value < MOST:
            return value, currency, (match.start(), end)
    return None


def _grouped(number: str) -> bool:
    return bool(re.search(r"[,.'\u2019\u00a0\u202f]\d{3}", number))


def _number(text: str) -> Decimal:
    """Groups of three are thousands; one or two digits at the end are decimals."""
    whole, mark, rest = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", text).groups()  # type: ignore[union-attr]
    digits = re.sub(r"\D", "", whole)
    try:
        return Decimal(f"{digits}.{rest}" if mark else digits)
    except InvalidOperation:  # pragma: no cover - the pattern lets only digits through
        return Decimal(0)
