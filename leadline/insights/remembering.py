"""Answers that were given already: a page asks for the same number in several panels, and again when one comes back."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

Rows = list[dict[str, Any]]
MOST = 20_000  # rows that are kept in all


class Remembered:
    """The rows of the latest questions, by key; asking again gives copies, which the asker may change."""

    def __init__(self) -> None:
        self._rows: OrderedDict[Hashable, Rows] = OrderedDict()
        self._lock = threading.Lock()
        self._held = 0

    def rows(self, key: Hashable, answer: Callable[[], Rows]) -> Rows:
        """The rows of this key, found out now where they are not known."""
        with self._lock:
            found = self._rows.get(key)
            if found is not None:
                self._rows.move_to_end(key)
        if found is None:
            found = answer()
            self._keep(key, found)
        return [dict(row) for row in found]

    def _keep(self, key: Hashable, rows: Rows) -> None:
        with self._lock:
            if key not in self._rows:
                self._rows[key] = [dict(row) for row in rows]
                self._held += len(rows) + 1
            while self._held > MOST:
                _key, gone = self._rows.popitem(last=False)
                self._held -= len(gone) + 1
