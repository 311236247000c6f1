"""Where kept answers lie: a file each in the data folder, readable by its owner only."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import threading
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
    """What lies there; an empty slip where nothing does, or nothing that can be read."""
    try:
        found = json.loads(place.path.read_text())
        begun, tried = (dt.datetime.fromisoformat(at) if (at := found[name]) else None for name in ("begun", "tried"))
        return Slip(begun, found["took"], Cursor(*found["stand"]), found["value"], found["failed"], tried)
    except (OSError, ValueError, KeyError, TypeError):
        return Slip()


def put(place: Place, slip: Slip) -> None:
    """In place of what lay there, whole or not at all. Raises OSError where the folder cannot be written to."""
    path = place.path
    path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "w") as file:
        json.dump(plain(slip), file)
    draft.replace(path)
    _tidy(path.parent, place.kind)


def forget() -> None:
    """Everything."""
    for path in (settings.LEADLINE_DATA / "kept").glob("*"):
        path.unlink(missing_ok=True)


def _tidy(folder: Path, kind: str) -> None:
    found = list(folder.glob(f"{kind}-*.json"))
    if len(found) > MOST:
        with contextlib.suppress(OSError):  # somebody else tidies too
            for path in sorted(found, key=lambda one: one.stat().st_mtime)[: len(found) - MOST]:
                path.unlink()
