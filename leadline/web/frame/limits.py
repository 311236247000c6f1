"""How often somebody may ask for something within a time; counted in this process."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable
from threading import Lock

KNOWN = 10_000  # who are remembered at once; beyond, whoever has not asked for longest is forgotten


class Limit:
    """Counts what each of many asks for."""

    def __init__(self) -> None:
        self._asked: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, who: Hashable, now: float, most: int, within: float) -> int:
        """Seconds until they may ask again; 0 where they may now, which is then counted."""
        with self._lock:
            times = self._asked.setdefault(who, deque())
            self._asked.move_to_end(who)
            while len(self._asked) > KNOWN:
                self._asked.popitem(last=False)
            while times and now - times[0] >= within:
                times.popleft()
            if len(times) >= most:
                return int(within - (now - times[0])) + 1
            times.append(now)
            return 0

    def forget(self) -> None:
        """Nobody has asked anything."""
        with self._lock:
            self._asked.clear()
