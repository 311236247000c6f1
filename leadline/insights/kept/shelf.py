"""Where kept answers lie: a file each in the data folder, readable by its owner only."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings

from leadline import __version__
from leadline.history.reading import START, Cursor
from leadline.insights.kept.plain import plain

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
MOST = 200  # files of a kind; the oldest go first
LEFT_BEHIND = 3600.0  # seconds after which a draft is nobody's any more
HELD = 50  # answers that could not be written
_held: dict[Path, Slip] = {}


@dataclass(frozen=True)
class Slip:
    """What lies there: an answer of how things stood at `begun` and `stand`, and what became of the latest attempt.

    `failed` is a word of `asking.FAILED` or a sentence, "" where it went well; `tried` is when the attempt ended.
    """

    begun: dt.datetime | None = None
    took: float = 0.0  # seconds
    stand: Cursor = START  # of the log, when it was begun
    value: Any = None
    failed: str = ""
    tried: dt.datetime | None = None


@dataclass(frozen=True)
class Place:
    """Of which kind (and shape: `version`) an answer is, and the rest of what tells it from others."""

    kind: str
    version: int
    key: Hashable

    @property
    def path(self) -> Path:
        told = repr((__version__, self.version, self.key)).encode()
        return settings.LEADLINE_DATA / "kept" / f"{self.kind}-{blake2b(told, digest_size=16).hexdigest()}.json"


def read(place: Place) -> Slip:
    """What lies there or is held; an empty slip where nothing does, or nothing that can be read."""
    if place.path in _held:
        return _held[place.path]
    try:
        found = json.loads(place.path.read_text())
        begun, tried = (_moment(found[name]) for name in ("begun", "tried"))
        stand = Cursor(*(int(part) for part in found["stand"]))
        return Slip(begun, float(found["took"]), stand, found["value"], str(found["failed"]), tried)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):  # the last: brackets without end
        return Slip()


def hold(place: Place, slip: Slip) -> None:
    """What cannot be written, in memory until it can, or this process ends."""
    _held.pop(place.path, None)
    _held[place.path] = slip
    while len(_held) > HELD:
        _held.pop(next(iter(_held)), None)


def put(place: Place, slip: Slip) -> None:
    """In place of what lay there, whole or not at all. Raises OSError where the folder cannot be written to."""
    path = place.path
    path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "w") as file:
        json.dump(plain(slip), file)
    draft.replace(path)
    _held.pop(path, None)
    _tidy(path.parent, place.kind)


def forget() -> None:
    """Everything."""
    _held.clear()
    for path in (settings.LEADLINE_DATA / "kept").glob("*"):
        path.unlink(missing_ok=True)


def _moment(text: str | None) -> dt.datetime | None:
    """Raises ValueError for one without a time zone: nobody knows when that was."""
    found = dt.datetime.fromisoformat(text) if text else None
    if found is not None and found.tzinfo is None:
        raise ValueError(text)
    return found


def _tidy(folder: Path, kind: str) -> None:
    """Away with the oldest answers, and with drafts of a process that ended while it wrote."""
    with contextlib.suppress(OSError):  # somebody else tidies too
        age = {path: path.stat().st_mtime for path in folder.glob(f"{kind}-*")}
        found = sorted((path for path in age if path.suffix == ".json"), key=lambda one: age[one])
        left = [path for path in age if path.suffix != ".json" and age[path] < time.time() - LEFT_BEHIND]
        for path in [*found[: max(0, len(found) - MOST)], *left]:
            path.unlink()
