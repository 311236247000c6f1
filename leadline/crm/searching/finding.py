"""The answer to a question: which records, best first.

Within a kind: the name itself, then names that begin with it, names with its words, other words (addresses, own fields,
the organization), and where little is found, what was meant. At each step open before closed, and recent before old.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from leadline.accounts.models import User
from leadline.crm.searching.asking import Asked
from leadline.crm.searching.following import catch_up
from leadline.crm.searching.matching import FEW, Found, Term, bearing, beginning, matching, named
from leadline.crm.searching.models import KIND_BITS, KINDS, RECORD_MASK
from leadline.crm.searching.seeing import Seen, seen
from leadline.crm.searching.slips import speller

WAIT = 0.15  # seconds that a question waits for the index; it answers by what is known then
LITTLE = 5  # results under which one asks what was meant


class How(IntEnum):
    """How a record was found, the best first."""

    NAME = 0
    BEGINNING = 1
    WORDS = 2
    TEXT = 3
    MEANT = 4
    MEANT_IN_TEXT = 5


@dataclass(frozen=True)
class Hit:
    """One record that was found."""

    kind: str
    record_id: int
    how: How


def search(user: User, text: str, kinds: Sequence[str] = KINDS, most: int = 6, wait: float = WAIT) -> list[Hit]:
    """Up to `most` records of each kind that this person may see, kinds with the best hit first."""
    asked = Asked(text)
    if not asked:
        return []
    catch_up(wait)
    question = _Question([seen(user, kind) for kind in kinds], asked, most)
    question.ask()
    groups = sorted((hits for hits in question.hits() if hits), key=lambda hits: hits[0].how)
    return [hit for hits in groups for hit in hits]


class _Question:
    """One question to several kinds; each step asks only those that have not given enough yet."""

    def __init__(self, kinds: list[Seen], asked: Asked, most: int) -> None:
        self.kinds, self.asked, self.most = kinds, asked, most
        self.found: dict[int, dict[int, How]] = {of.place: {} for of in kinds}

    def ask(self) -> None:
        terms: list[Term] = [[(word, True)] for word in self.asked.terms]
        self._by_name(terms)
        if len(self.asked.name) < 2 and self.asked.name.isascii():
            return  # one letter stands in everything
        if self.asked.phone:
            phone: list[Term] = [[(self.asked.phone, True)]]
            people = [of for of in self._wanting() if of.kind == "person"]
            self._take(matching(people, "words", phone, self.most), How.WORDS)
        self._step(lambda kinds: matching(kinds, "names", terms, self.most), How.WORDS, named=True)
        self._step(lambda kinds: matching(kinds, "words", terms, self.most), How.TEXT)
        if sum(map(len, self.found.values())) < LITTLE and (meant := _meant(self.asked)):
            self._step(lambda kinds: matching(kinds, "names", meant, self.most), How.MEANT, named=True)
            self._step(lambda kinds: matching(kinds, "words", meant, self.most), How.MEANT_IN_TEXT)

    def hits(self) -> list[list[Hit]]:
        """By kind."""
        return [
            [Hit(of.kind, pk, how) for pk, how in list(self.found[of.place].items())[: self.most]] for of in self.kinds
        ]

    def _by_name(self, terms: list[Term]) -> None:
        """A few names are read and sorted; of many, those that are wanted are found along the ranks."""
        name, kinds = self.asked.name, self._wanting(named=True)
        by_kind = _by_kind(named(kinds, name))
        many = [of for of in kinds if len(by_kind.get(of.place, ())) >= FEW]
        few = [row for place, rows in by_kind.items() if len(rows) < FEW for row in rows]
        self._take([row for row in few if row[1] == name], How.NAME)
        self._take(few, How.BEGINNING)
        if many:
            just = [row for rows in _by_kind(bearing(many, name)).values() if len(rows) < FEW for row in rows]
            self._take(just, How.NAME)
            self._take(beginning(many, name, terms, self.most), How.BEGINNING)

    def _step(self, ask: Callable[[list[Seen]], Found], how: How, *, named: bool = False) -> None:
        if wanting := self._wanting(named=named):
            self._take(ask(wanting), how)

    def _wanting(self, *, named: bool = False) -> list[Seen]:
        """Those of which there is not enough; with `named` only kinds that have names: notes have none."""
        kinds = [of for of in self.kinds if not named or of.kind != "note"]
        return [of for of in kinds if len(self.found[of.place]) < self.most]

    def _take(self, rows: Found, how: How) -> None:
        for rank, _name in sorted(rows, reverse=True):
            self.found[rank >> KIND_BITS].setdefault(rank & RECORD_MASK, how)


def _by_kind(rows: Found) -> dict[int, Found]:
    found: dict[int, Found] = {}
    for row in rows:
        found.setdefault(row[0] >> KIND_BITS, []).append(row)
    return found


def _meant(asked: Asked) -> list[Term]:
    """The terms with what may have been meant by each; nothing where no word has a likely other one."""
    known = speller()
    others = [known.meant(word) for word in asked.terms]
    if not any(others):
        return []
    return [[(word, True), *((other, True) for other in more)] for word, more in zip(asked.terms, others, strict=True)]
