"""What one condition of a filter comes to, and what is needed to understand it."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.fields import Field, Linked

NONE, ANY, NOT = "none", "any", "!"


class Unreadable(ValueError):
    """A value that a condition cannot be made of; the message says the mend."""


class Write(Protocol):
    """How numbers and days are written for a reader; pages bring their own."""

    def number(self, value: Decimal) -> str: ...

    def day(self, value: dt.date) -> str: ...


class Plain:
    """As addresses and logs write them."""

    def number(self, value: Decimal) -> str:
        return f"{value:,f}"

    def day(self, value: dt.date) -> str:
        return value.isoformat()


PLAIN = Plain()


@dataclass(frozen=True)
class Asker:
    """Who asks and when: "me" and "today" mean something only then. Days are the company's."""

    user: User
    linked: Linked
    now: dt.datetime = field(default_factory=timezone.now)
    fields: Mapping[str, Field] | None = None  # those of the kind, where they are known already

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(settings.LEADLINE_TIME_ZONE)

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True)
class Meaning:
    """A condition understood: what the database is asked, its one way of writing, and how it reads."""

    q: Q
    text: str
    told: Callable[[Write], str]


Reading = Callable[[str, Asker], Meaning]
