"""Which imports are being worked on: each holds a lock that the system lets go of when its process dies."""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from leadline.imports.models import Import

SILENCE = timedelta(minutes=5)


def folder() -> Path:
    """Where staging files and locks live."""
    path = Path(settings.LEADLINE_DATA) / "imports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


@contextlib.contextmanager
def holding(arrival: Import) -> Iterator[None]:
    """Hold the import's lock while it is written or taken back."""
    path = folder() / f"{arrival.pk}.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One import writes at a time, others wait: two would each make the sources and stages that both need."""
    handle = os.open(folder() / "writing.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def elsewhere(arrival: Import) -> bool:
    """Whether another machine on the same database may still be at it: its heart has been heard lately."""
    if connection.vendor == "sqlite" or arrival.host in ("", socket.gethostname()) or arrival.heartbeat_at is None:
        return False
    return timezone.now() - arrival.heartbeat_at < SILENCE


def alive(arrival: Import) -> bool:
    """Whether some process is at it."""
    if elsewhere(arrival):
        return True
    path = folder() / f"{arrival.pk}.lock"
    if not path.exists():
        return False
    handle = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
