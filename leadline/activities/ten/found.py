"""What a rule gives: somebody to write to, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from babel import dates
from django.utils import translation

from leadline.accounts.models import User

POOL = 60  # how many a rule gives at most: the longest list, and some to skip
CHUNK = 200  # ids asked about at a time

Setting = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """Somebody whom a rule found; `lead` where it is about one."""

    person: int
    why: str
    lead: int | None = None


@dataclass(frozen=True)
class Search:
    """Whose list of which day is made; `now` is the moment at which that day begins for them."""

    user: User
    day: dt.date
    now: dt.datetime

    def days_ago(self, days: int) -> dt.datetime:
        return self.now - dt.timedelta(days=days)


Rule = Callable[[Search, Setting], list[Found]]


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at a time that asking about them stays quick."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def first_of(found: Iterable[Found], most: int = POOL) -> list[Found]:
    """The first ones, each person once."""
    once: dict[int, Found] = {}
    for one in found:
        once.setdefault(one.person, one)
        if len(once) >= most:
            break
    return list(once.values())


def said(day: dt.date) -> str:
    """A day within a sentence, in the language of the moment."""
    return str(dates.format_date(day, "medium", locale=(translation.get_language() or "en").replace("-", "_")))
