"""Answers that were given already: a page asks for the same number in several panels, and again when one comes back."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from hashlib import blake2b
from typing import Any, TypeVar, cast

from leadline.insights.moments import LAST
from leadline.insights.question import Question

Row = dict[str, Any]
Rows = list[Row]
T = TypeVar("T")
MOST = 40_000  # rows, or what weighs as much, that are kept in all


class Remembered:
    """The latest answers, by the stand of the tables that gave them and a key; of an older stand none is kept."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._finding: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._stands: dict[object, Hashable] = {}  # the latest stand of each warehouse
        self._held = 0

    def rows(self, tables: object, key: Hashable, find: Callable[[], Rows]) -> Rows:
        """The rows of this key as copies, which the asker may change."""
        return [dict(row) for row in self.answer(tables, key, find, len)]

    def answer(
        self, tables: object, key: Hashable, find: Callable[[], T], weight: Callable[[T], int] = lambda _: 1
    ) -> T:
        """What `find` finds, found out now where it is not known; nobody may change it.

        While one thread finds it out, others who ask for the same wait for it. Of tables without a `stand`, such as a
        lake's, nothing is remembered.
        """
        stand = getattr(tables, "stand", None)
        if stand is None:
            return find()
        key = (stand, getattr(tables, "moment", None), key)
        with self._lock:
            if key in self._known:
                return cast(T, self._again(key))
            turn = self._finding.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._known:
                    return cast(T, self._again(key))
            try:
                found = find()
                self._keep(stand, key, found, weight(found) + 1)
            finally:
                with self._lock:
                    self._finding.pop(key, None)
        return found

    def forget(self) -> None:
        """Everything, as when the log has moved."""
        with self._lock:
            self._drop(list(self._known))

    def _again(self, key: Hashable) -> Any:
        self._known.move_to_end(key)
        return self._known[key][0]

    def _keep(self, stand: Any, key: Hashable, found: Any, weight: int) -> None:
        with self._lock:
            if self._stands.get(stand[0], stand) < stand:
                self._drop([known for known in self._known if cast(Any, known)[0][0] == stand[0]])
            self._stands[stand[0]] = max(stand, self._stands.get(stand[0], stand))
            if stand == self._stands[stand[0]]:
                self._known[key] = (found, weight)
                self._held += weight
            while self._held > MOST:
                self._drop([next(iter(self._known))])

    def _drop(self, keys: list[Hashable]) -> None:
        for key in keys:
            self._held -= self._known.pop(key)[1]


remembered = Remembered()


def asked(question: Question, *, timeless: bool = False) -> Hashable:
    """A question as a key: those who see the same records ask the same. `timeless`: whatever its moment.

    Of what is seen a digest is kept: the ids of a million deals would be held once for each question.
    """
    seen, moment = question.seen, LAST if timeless else question.as_of
    digest = None if seen is None else (len(seen), blake2b(array("q", seen).tobytes(), digest_size=20).digest())
    return replace(question, seen=None, as_of=moment), digest
