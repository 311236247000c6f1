"""What was typed, understood: words of which each must stand in a record, the last as far as it has been typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from leadline.crm.searching.folding import SHORTEST_TAIL, digits, words

LONGEST = 200  # characters of a question
MOST_WORDS = 10


@dataclass(frozen=True)
class Asked:
    """A question. `terms` are its words; where it is a telephone number, the number without what dials it."""

    text: str

    @cached_property
    def name(self) -> str:
        """What a name would have to be, or begin with."""
        return " ".join(words(self.text[:LONGEST]))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(words(self.text[:LONGEST])))[:MOST_WORDS]

    @cached_property
    def phone(self) -> str:
        """The digits of what can only be a telephone number: no letters, not a single short number; else ""."""
        number = digits(self.text[:LONGEST]).lstrip("0")
        lettered = any(sign.isalpha() for sign in self.text)
        return "" if lettered or len(number) < SHORTEST_TAIL else number[-20:]

    def __bool__(self) -> bool:
        return bool(self.terms)
