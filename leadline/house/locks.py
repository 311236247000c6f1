"""Locks between processes, as files in the data folder. The system lets go of them when their holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held(Exception):
    """Another process holds the lock. The text is what that process wrote into it."""


@contextmanager
def exclusively(path: Path, *, wait: bool = True, note: str = "") -> Iterator[None]:
    """Holds the lock file for the block. `note` is for whoever finds it held. Raises Held where not waiting."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Held(os.read(handle, 1000).decode()) from None
        os.ftruncate(handle, 0)
        os.write(handle, note.encode())
        yield
    finally:
        os.close(handle)
