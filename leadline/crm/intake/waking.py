"""Says in this process that an arrival waits to be made a lead."""

from __future__ import annotations

import threading

from django.db import transaction

wanted = threading.Event()


def wake() -> None:
    """Once what is being written can be read by others."""
    transaction.on_commit(wanted.set)
