"""Words that were meant: those of the index within one or two slips of what was typed.

The words of the index stand in memory; comparing one with a hundred thousand of them takes a few milliseconds.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from leadline.crm.searching.models import Word

SHORTEST = 4  # letters below which a slip makes another word
LONG = 7  # letters from which there may be two slips
MOST = 12  # words that may be meant by one


def slips_allowed(word: str) -> int:
    """How many letters may be wrong, missing, too many, or swapped with their neighbour."""
    return 0 if len(word) < SHORTEST or any(sign.isdigit() for sign in word) else 1 if len(word) < LONG else 2


class Speller:
    """Knows words, and which of them, or which beginnings of them, are near a typed one."""

    def __init__(self) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._beginnings: dict[int, dict[str, None]] = {}
        self._known: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    def learn(self, words: Iterable[str]) -> None:
        for word in words:
            if word in self._known or not slips_allowed(word):
                continue
            self._known.add(word)
            self._by_length[len(word)].append(word)
            for length, found in self._beginnings.items():
                if len(word) > length:
                    found[word[:length]] = None

    def meant(self, typed: str) -> list[str]:
        """The nearest words first; a beginning of words counts as one, as people search before they have typed all."""
        allowed = slips_allowed(typed)
        if not allowed:
            return []
        near: dict[str, float] = {}
        for length in range(len(typed) - allowed, len(typed) + allowed + 1):
            self._compare(typed, self._by_length.get(length, []), allowed, near)
        self._compare(typed, list(self._begun(len(typed))), allowed, near)
        near.pop(typed, None)
        return sorted(near, key=lambda word: (near[word], word[0] != typed[0], word))[:MOST]

    def _compare(self, typed: str, words: list[str], allowed: int, near: dict[str, float]) -> None:
        found = process.extract(typed, words, scorer=OSA.distance, score_cutoff=allowed, limit=MOST)
        for word, distance, _place in found:
            near[word] = min(distance, near.get(word, distance))

    def _begun(self, length: int) -> dict[str, None]:
        if length not in self._beginnings:
            self._beginnings[length] = {word[:length]: None for word in self._known if len(word) > length}
        return self._beginnings[length]


_spellers: dict[str, tuple[Speller, tuple[int, str]]] = {}
_learning = threading.Lock()
NOTHING = (0, "")


def speller() -> Speller:
    """This process's, with all words that are there now. New ones are read each time it is asked for.

    Of words that are gone it may still guess, in vain. It begins anew where the last word that it read is gone: then
    the index has been built anew, or something was erased.
    """
    database = str(connection.settings_dict["NAME"])
    with _learning:
        known, last = _spellers.get(database, (Speller(), NOTHING))
        if last != NOTHING and not Word.objects.filter(pk=last[0], word=last[1]).exists():
            known, last = Speller(), NOTHING
        rows = list(Word.objects.filter(pk__gt=last[0]).order_by("pk").values_list("pk", "word"))
        known.learn(word for _pk, word in rows)
        _spellers[database] = (known, rows[-1] if rows else last)
        return known
