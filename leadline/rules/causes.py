"""What set a rule off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """`key` is the same whenever the cause is found again, and another for any other; `at` is when it happened."""

    key: str
    kind: str
    record_id: int
    at: dt.datetime
    change_id: int | None = None
