"""The hour of a digest has come: each gets theirs once a day, whatever runs twice; what was missed is not made up for.

What it says is told from above, as with dashboards (`running`).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from leadline.accounts.models import User
from leadline.activities.zones import at_clock, zone_of
from leadline.crm.models import WorkingWeek
from leadline.crm.working_days import WorkingDays
from leadline.crm.working_time import company_days
from leadline.history.writing import locked, writing
from leadline.mail import filing
from leadline.mail.filing import Paper
from leadline.mail.models import Cover, DigestWish, Edition

LEASE = dt.timedelta(minutes=15)
DAY, WEEK = dt.timedelta(days=1), 7
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """One digest of one person for one day of theirs."""

    user: User
    cover: str
    on_day: dt.date


# What it says, as it is kept; and its paper, None where there is nothing to say.
Maker = Callable[[Due, dt.datetime], tuple[dict[str, Any], Paper | None]]


def run_due(make: Maker, now: dt.datetime | None = None) -> list[Edition]:
    """Makes and files what is due; returns what was worked at. One's failure stops no other: it is tried again."""
    began, done = now or timezone.now(), []
    for due in come(began):
        if edition := claim(due, began):
            try:
                _file(edition, *make(due, began), now or timezone.now())
            except Exception:  # whatever it is, the next one is another's; when the lease is over it is tried again
                log.exception("the digest of user %s", due.user.pk)
            done.append(edition)
    return done


def come(now: dt.datetime) -> Iterator[Due]:
    """What is due today by its reader's clock and not done."""
    wanted = DigestWish.objects.filter(user__is_active=True).exclude(daily=False, weekly=False)
    wishes = list(wanted.exclude(user__email=None).select_related("user", "user__team").order_by("pk"))
    if not wishes:
        return
    days = company_days()
    for wish in wishes:
        zone = zone_of(wish.user)
        today = now.astimezone(zone).date()
        at = due_at(wish, today, zone)
        if not wish.since < at <= now:
            continue
        for cover in covers(wish, today, days):
            if not Edition.objects.filter(user=wish.user, cover=cover, on_day=today, mailed_at__isnull=False).exists():
                yield Due(wish.user, cover, today)


def due_at(wish: DigestWish, day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The moment at which a day's digest goes out."""
    return at_clock(dt.datetime.combine(day, wish.at), zone)


def covers(wish: DigestWish, day: dt.date, days: WorkingDays) -> list[str]:
    """Which digests somebody is to get on this day; the weekly one is for who leads, on a week's first working day."""
    if not days.is_working_day(day):
        return []
    weekly = wish.weekly and wish.user.leads and begins_week(day, days)
    return [Cover.DAY.value] * wish.daily + [Cover.WEEK.value] * weekly


def begins_week(day: dt.date, days: WorkingDays) -> bool:
    """Whether it is the first day of the company's week on which the company works."""
    first = day - DAY * ((day.weekday() - WorkingWeek.company().first_weekday) % WEEK)
    return next((one for n in range(WEEK) if days.is_working_day(one := first + DAY * n)), None) == day


def first_after(wish: DigestWish, now: dt.datetime) -> dt.datetime | None:
    """When the next one is due, on their clock; None where none is wished for or the company rests for a month."""
    zone, days = zone_of(wish.user), company_days()
    today = now.astimezone(zone).date()
    for day in (today + DAY * n for n in range(5 * WEEK)):
        at = due_at(wish, day, zone)
        if at > now and covers(wish, day, days):
            return at.astimezone(zone)
    return None


def claim(due: Due, now: dt.datetime) -> Edition | None:
    """Its row, taken; None where it is done, or somebody is at it."""
    with writing():
        row = {"user": due.user, "cover": due.cover, "on_day": due.on_day}
        made, _new = Edition.objects.get_or_create(**row, defaults={"try_at": now, "made_at": now})
        edition: Edition = locked(Edition.objects.filter(pk=made.pk)).get()
        if edition.mailed_at or edition.try_at > now:
            return None
        edition.attempts += 1
        edition.try_at = now + LEASE
        edition.save(update_fields=["attempts", "try_at"])
        return edition


def _file(edition: Edition, said: dict[str, Any], paper: Paper | None, now: dt.datetime) -> None:
    """The letter and the mark that it is filed, both or neither; nothing where another has taken over."""
    with writing():
        mine = locked(Edition.objects.filter(pk=edition.pk, attempts=edition.attempts, mailed_at=None))
        if not mine.exists() or not _still_wanted(edition):
            return
        edition.letter = filing.file(paper, edition.user, now) if paper else None
        edition.said, edition.made_at, edition.mailed_at = said, now, now
        edition.save(update_fields=["said", "made_at", "mailed_at", "letter"])


def _still_wanted(edition: Edition) -> bool:
    """They may have stopped it while it was made."""
    field = "daily" if edition.cover == Cover.DAY else "weekly"
    return DigestWish.objects.filter(user=edition.user, user__is_active=True, **{field: True}).exists()


def keep(due: Due, said: dict[str, Any], now: dt.datetime) -> None:
    """What somebody read on screen before any letter of the day; a day that has its edition keeps that."""
    with writing():
        row = {"user": due.user, "cover": due.cover, "on_day": due.on_day}
        Edition.objects.get_or_create(**row, defaults={"said": said, "made_at": now, "try_at": now})
