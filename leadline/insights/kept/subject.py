"""What a kept answer is about, and through whose eyes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.accounts.permissions import owners_seen_by
from leadline.insights.sight import held_against

SEEN = ("deal", "lead", "activity")


@dataclass(frozen=True)
class Subject:
    """A pipeline and a team (their ids; None: all), as of the end of a day (None: now), and what else is asked."""

    pipeline: int | None = None
    team: int | None = None
    as_of: dt.date | None = None
    more: tuple[tuple[str, str], ...] = ()


def eyes(user: User | None) -> Hashable:
    """Equal for those who see the same records and the same targets; other rights are other eyes.

    Whoever sees all records shares their answers with all others who do; nobody else shares any.
    """
    if user is None:
        return "all"
    owners = [owners_seen_by(user, kind) for kind in SEEN]
    targets = held_against(user)
    if all(one is None for one in owners):
        return "all" if targets is None else ("all", targets)
    seen = [None if one is None else sorted(pk or 0 for pk in one) for one in owners]
    return (user.pk, str(seen), targets)
