"""What is overdue and not done, apart from the days shown."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.activities.being_due import overdue as late_for
from leadline.activities.models import Activity
from leadline.web.calendar.asked import Asked
from leadline.web.frame.navigation import address

MOST = 99  # counted; more is "99+"


@dataclass(frozen=True)
class Overdue:
    """How many, at most MOST of them counted, and the list of them."""

    count: int
    more: bool
    href: str


def overdue(ask: Asked) -> Overdue:
    """Of the people shown, as far as the reader sees it."""
    late = (
        Activity.objects.visible_to(ask.user)
        .kept()
        .filter(late_for(ask.now, ask.zone), done_at=None, owner__in=ask.who)
    )
    count = len(late.order_by().values_list("pk")[: MOST + 1])
    owners = ",".join(map(str, ask.who))
    return Overdue(min(count, MOST), count > MOST, f"{address('activities')}?overdue=yes&done=no&owner={owners}")
