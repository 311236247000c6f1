"""What a digest is made of, as plain data: kept as it was said, drawn on the page and in the letter."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.mail.models import Cover
from leadline.web.today.day import Day

MOST = 40  # lines of a part that are kept


@dataclass(frozen=True)
class Line:
    """One thing: where it leads, and the record that it names, so that nobody reads of what they may see no more.

    `other` is a second number, with the way to its own rows.
    """

    text: str
    note: str = ""
    href: str = ""
    kind: str = ""
    pk: int = 0
    tone: str = ""
    other: str = ""
    other_href: str = ""


@dataclass(frozen=True)
class Part:
    """`number` is said at its head and leads to `href`, its rows; `more` says what the lines leave out.

    A `quiet` part is no reason to send a letter.
    """

    key: str
    title: str
    icon: str
    number: str = ""
    href: str = ""
    lines: tuple[Line, ...] = ()
    more: str = ""
    quiet: bool = False

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True)
class Scope:
    """Who reads, of which day, from when on it tells what was new, and the moment at which it is asked."""

    user: User
    cover: str
    on_day: dt.date
    since: dt.datetime
    now: dt.datetime
    zone: zoneinfo.ZoneInfo

    @cached_property
    def day(self) -> Day:
        """Their day, as Today asks about it."""
        return Day(self.user, self.user, self.now, self.zone)

    @property
    def page(self) -> str:
        """Where this digest is read on screen."""
        return f"{reverse('digest')}?{'week=1&' * self.weekly}day={self.on_day.isoformat()}"

    @property
    def weekly(self) -> bool:
        return self.cover == Cover.WEEK

    def titles(self, ids: list[int]) -> dict[int, Deal]:
        """Deals by id, of those that the reader may see."""
        rows = Deal.objects.visible_to(self.user).kept().filter(pk__in=ids).select_related("organization", "stage")
        return {deal.pk: deal for deal in rows}


Section = Callable[[Scope], "Part | None"]
