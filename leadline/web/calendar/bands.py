"""Time blocks behind the activities: quiet bands that lead to the screen of their block."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from leadline.activities.blocks import Occurrence, occurrences
from leadline.activities.models import Block
from leadline.web.calendar.asked import Asked

EARLIER = dt.timedelta(days=1)  # one that began the evening before reaches into the first day


@dataclass(frozen=True)
class Band:
    """A time block as it takes place; `owner_id` whose it is, `href` its screen, "" where there is none."""

    name: str
    work: str
    owner_id: int
    start: dt.datetime
    end: dt.datetime
    href: str

    def same(self, other: Band) -> bool:
        """Whether two people have it at the same time."""
        return (self.name, self.work, self.start, self.end) == (other.name, other.work, other.start, other.end)


def bands(ask: Asked) -> list[Band]:
    """Of those whose blocks the reader may see: one's own, and those of whom one leads."""
    own = Block.objects.visible_to(ask.user).kept().filter(owner__in=ask.who).order_by()
    owners = sorted(set(own.values_list("owner_id", flat=True)))
    found = occurrences(owners, ask.start - EARLIER, ask.end) if owners else []
    return [_band(one) for one in found if one.ends_at > ask.start]


def _band(one: Occurrence) -> Band:
    return Band(one.block.name, one.block.work, one.block.owner_id, one.starts_at, one.ends_at, _address(one))


def _address(one: Occurrence) -> str:
    for name, arguments in (("block_sit", [one.block.pk, one.on_date.isoformat()]),):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return ""
