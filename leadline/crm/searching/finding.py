"""The answer to a question: which records, best first.

Within a kind: the name itself, then names that begin with it, names with its words, other words (addresses, own fields,
the organization), and where little is found, what was meant. At each step open before closed, and recent before old.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from leadline.accounts.models import User
from leadline.crm.searching.asking import Asked
from leadline.crm.searching.following import catch_up
from leadline.crm.searching.matching import Seen, Term, matching, named, seen
from leadline.crm.searching.models import KINDS, RECORD_MASK
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
    guards = [seen(user, kind) for kind in kinds]
    found = [_of_kind(guard, asked, most) for guard in guards]
    if sum(map(len, found)) < LITTLE and (terms := _meant(asked)):
        found = [_add_meant(guard, hits, terms, most) for guard, hits in zip(guards, found, strict=True)]
    groups = sorted((hits for hits in found if hits), key=lambda hits: hits[0].how)
    return [hit for hits in groups for hit in hits]


def _of_kind(of: Seen, asked: Asked, most: int) -> list[Hit]:
    found: dict[int, How] = {}
    for how, rows in _steps(of, asked, most):
        _take(found, rows, how)
        if len(found) >= most:
            break
    return _hits(of, found)[:most]


def _steps(of: Seen, asked: Asked, most: int) -> Iterator[tuple[How, list[tuple[int, str]]]]:
    """The rows of each step, asked for only when the steps before did not give enough."""
    terms: list[Term] = [[(word, True)] for word in asked.terms]
    if of.kind != "note":  # notes have no name
        yield How.NAME, named(of, asked.name, terms, whole=True, most=most)
        yield How.BEGINNING, named(of, asked.name, terms, whole=False, most=most)
    if len(asked.name) < 2 and asked.name.isascii():
        return  # one letter stands in everything
    if of.kind == "person" and asked.phone:
        yield How.WORDS, matching(of, "words", [[(asked.phone, True)]], most=most)
    if of.kind != "note":
        yield How.WORDS, matching(of, "names", terms, most=most)
    yield How.TEXT, matching(of, "words", terms, most=most)


def _meant(asked: Asked) -> list[Term]:
    """The terms with what may have been meant by each; nothing where no word has a likely other one."""
    known = speller()
    others = [known.meant(word) for word in asked.terms]
    if not any(others):
        return []
    return [[(word, True), *((other, True) for other in more)] for word, more in zip(asked.terms, others, strict=True)]


def _add_meant(of: Seen, hits: list[Hit], terms: list[Term], most: int) -> list[Hit]:
    found = {hit.record_id: hit.how for hit in hits}
    for index, how in (("names", How.MEANT), ("words", How.MEANT_IN_TEXT)):
        if len(found) < most and not (index == "names" and of.kind == "note"):
            _take(found, matching(of, index, terms, most=most), how)
    return _hits(of, found)[:most]


def _take(found: dict[int, How], rows: list[tuple[int, str]], how: How) -> None:
    for rank, _name in rows:
        found.setdefault(rank & RECORD_MASK, how)


def _hits(of: Seen, found: dict[int, Any]) -> list[Hit]:
    return [Hit(of.kind, record_id, how) for record_id, how in found.items()]
