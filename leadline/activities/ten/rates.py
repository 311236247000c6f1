"""What came back: notes counted by rule and by opening, from those that have had time to be answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from leadline.accounts.models import User
from leadline.activities.models import Answer, TenEntry

TIME = dt.timedelta(days=14)  # a note that is older would have been answered
BACK = (Answer.REPLY, Answer.CONVERSATION)


@dataclass(frozen=True)
class Tally:
    """So many notes; of these so many were answered, and so many became a conversation (which is an answer too)."""

    notes: int = 0
    replies: int = 0
    conversations: int = 0


def notes_of(user: User) -> QuerySet[TenEntry]:
    """Somebody's notes as they were written, the latest first."""
    rows: QuerySet[TenEntry] = TenEntry.objects.kept().filter(owner=user, written_at__isnull=False)
    return rows.order_by("-written_at", "-pk")


def old_enough(rows: QuerySet[TenEntry], now: dt.datetime) -> QuerySet[TenEntry]:
    """Those that have had time to be answered: younger ones would make every rate too low."""
    return rows.filter(written_at__lte=now - TIME)


def tally(rows: QuerySet[TenEntry]) -> Tally:
    return Tally(*rows.order_by().aggregate(**_counts()).values())


def tallies(rows: QuerySet[TenEntry], by: str) -> dict[Any, Tally]:
    """By "rule" or "opening_id"; those with the most notes first."""
    counted: Any = rows.order_by().values_list(by).annotate(**_counts())
    found = {key: Tally(notes, replies, conversations) for key, notes, replies, conversations in counted}
    return dict(sorted(found.items(), key=lambda row: (-row[1].notes, str(row[0]))))


def _counts() -> dict[str, Count]:
    return {
        "notes": Count("pk"),
        "replies": Count("pk", filter=Q(answer__in=BACK)),
        "conversations": Count("pk", filter=Q(answer=Answer.CONVERSATION)),
    }
