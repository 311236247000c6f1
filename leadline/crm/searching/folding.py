"""Text as it is compared: without accents and case, in words; phone numbers as digits."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

# Letters that are one sign, and that people without them on their keyboard write otherwise.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
# Chinese characters and Japanese syllables stand without spaces: each is a word.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGNS}]|(?:(?![{_SIGNS}])[^\W_])+")
_TAG = re.compile(r"<[^>]*>")
LONGEST_WORD = 60
SHORTEST_TAIL = 4  # digits by which a phone number may be found from its middle
LONGEST_PHONE = 20


def folded(text: str) -> str:
    """Small letters without accents: "Çelik & Söhne" is "celik & sohne"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().translate(_LETTERS)


def words(text: str) -> list[str]:
    """The words in their order: "Anna.Meier@acme.de" is anna, meier, acme, de."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def digits(text: str) -> str:
    """Only the digits, whatever stands between them."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdigit())


def tails(phone: str) -> Iterator[str]:
    """The number and each of its ends, so that a prefix of one is a part of the number."""
    number = digits(phone)[-LONGEST_PHONE:]
    if len(number) >= SHORTEST_TAIL:
        yield from (number[start:] for start in range(len(number) - SHORTEST_TAIL + 1))


def text_of(markup: str) -> str:
    """The words of a note, without its tags."""
    return html.unescape(_TAG.sub(" ", markup))
