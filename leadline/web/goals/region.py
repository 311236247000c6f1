"""Goals on Today: the rings of those that run."""

from __future__ import annotations

import datetime as dt
from typing import Any

from leadline.accounts.models import User
from leadline.insights.ask_goals import standings


def region(user: User, now: dt.datetime, of: User | None = None) -> dict[str, Any]:
    """`rings` for `goals/_rings.html`: the standings of a person, the asker where none is named."""
    return {"rings": standings(user, of=of or user), "rings_of": "" if of in (None, user) else f"?of={of.pk}"}
