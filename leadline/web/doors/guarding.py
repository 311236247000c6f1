"""What looks like a machine at work is held back for a look, never thrown away. No third party is asked."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from threading import Lock
from typing import Any

from leadline.crm.intake import Held
from leadline.web.doors import places
from leadline.web.doors.sealing import Seal

TRAP = "_url"  # a field that people do not see; machines fill in what is called so
HASTE = 2.0  # seconds that nobody types a form in
STALE = 7 * 86_400.0
LEEWAY = 300.0  # seconds that clocks of two servers may differ
LEAST = 20  # characters of a text that two people do not write alike
ADDRESSES, HOUR = 3, 3600.0
KNOWN = 10_000  # texts that are remembered


class Repeats:
    """From how many e-mail addresses a text came within the hour; digests, in memory, with a key that nobody has."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._seen: OrderedDict[bytes, dict[bytes, float]] = OrderedDict()
        self._lock = Lock()

    def too_many(self, text: str, email: str, now: float) -> bool:
        """Whether this address is the fourth, or a later one; counts it."""
        plain = " ".join(text.casefold().split())
        if len(plain) < LEAST:
            return False
        what, who = self._digest(plain), self._digest(email.casefold())
        with self._lock:
            senders = self._seen.setdefault(what, {})
            self._seen.move_to_end(what)
            while len(self._seen) > KNOWN:
                self._seen.popitem(last=False)
            for old in [sender for sender, at in senders.items() if now - at > HOUR]:
                del senders[old]
            many = len(senders) >= ADDRESSES and who not in senders
            if not many:
                senders[who] = now
            return many

    def forget(self) -> None:
        with self._lock:
            self._seen.clear()

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "replace"), key=self._key, digest_size=16).digest()


_repeats = Repeats()


def held(found: Seal | None, trap: str, given: dict[str, Any], where: str, now: float) -> str:
    """Why it is held back; "" where nothing is odd. `now`: seconds since 1970."""
    many = places.is_much(where)  # counted in any case
    if trap:
        return Held.TRAP
    if found is None or found.at > now + LEEWAY:
        return Held.UNSEALED
    if now - found.at > STALE:
        return Held.STALE
    if now - found.at < HASTE:
        return Held.HASTE
    if _repeats.too_many(str(given.get("message", "")), str(given.get("email", "")), time.monotonic()):
        return Held.REPEATED
    return Held.MANY if many else ""


def forget() -> None:
    """Nobody has sent anything."""
    _repeats.forget()
    places.forget()
