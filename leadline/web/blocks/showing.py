"""Blocks as the page draws them: the days of a week, what is proposed, the rhythm over weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates

from leadline.accounts.models import User
from leadline.activities.blocks.clock import zone_named
from leadline.activities.blocks.occurring import Occurrence, planned
from leadline.activities.blocks.reporting import Kept, Week, by_week, kept_of, week_of
from leadline.activities.models import Activity, Block
from leadline.crm.models import WorkingWeek
from leadline.crm.working_days import DAY
from leadline.crm.working_time import company_days
from leadline.web.blocks.form import length, weekday_names
from leadline.web.frame.reader import reader

WEEK = dt.timedelta(days=7)
WEEKS, AHEAD = 12, 4  # of the rhythm, of the preview


@dataclass(frozen=True)
class Shown:
    """Something in a week: a block, proposed or there, or an activity with its time."""

    at: dt.datetime
    times: str
    name: str
    href: str = ""
    kind: str = "block"
    kept: Kept | None = None
    on_date: dt.date | None = None
    block: Block | None = None


@dataclass(frozen=True)
class Column:
    """A day of a week and what is in it; `off`: nobody works."""

    day: dt.date
    name: str
    off: bool
    today: bool
    holds: list[Shown]


def midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone)


def columns(monday: dt.date, shown: Sequence[Shown], now: dt.datetime) -> list[Column]:
    """The days of a week; the weekend only where something is in it."""
    zone, working = reader().zone, company_days()
    names = weekday_names("abbreviated")
    found = []
    for day in (monday + DAY * number for number in range(7)):
        holds = sorted((one for one in shown if one.at.astimezone(zone).date() == day), key=lambda one: one.at)
        off = not working.is_working_day(day)
        if holds or not off or day.weekday() in working.weekdays:
            name = f"{names[day.weekday()]} {day.day}"
            found.append(Column(day, name, off, day == now.astimezone(zone).date(), holds))
    return found


def times(start: dt.datetime, end: dt.datetime) -> str:
    """09:00-11:00 on the reader's clock."""
    here = reader()
    return "–".join(dates.format_time(one.astimezone(here.zone), "short", locale=here.locale) for one in (start, end))


def shown_kept(kept: Kept, href: str) -> Shown:
    one = kept.occurrence
    at = one.starts_at
    return Shown(at, times(at, one.ends_at), one.block.name, href, "block", kept, one.on_date, one.block)


def proposed(blocks: Sequence[Block], user: User, monday: dt.date, now: dt.datetime) -> list[Column]:
    """The week with what is proposed, among the meetings and calls that are planned at an hour."""
    start = midnight(monday, reader().zone)
    days = company_days()
    found = [
        Shown(one.starts_at, times(one.starts_at, one.ends_at), one.block.name, kind="proposed")
        for block in blocks
        for one in planned(block, start, start + WEEK, days)
    ]
    rows = Activity.objects.planned().filter(
        owner=user, due_on=None, minutes__isnull=False, due_at__gte=start, due_at__lt=start + WEEK
    )
    for row in rows.select_related("type")[:100]:
        end = row.due_at + dt.timedelta(minutes=row.minutes)
        found.append(Shown(row.due_at, times(row.due_at, end), str(row), kind="activity"))
    return columns(monday, found, now)


def preview(block: Block, from_day: dt.date) -> list[list[Occurrence]]:
    """When it would take place in four weeks, week by week."""
    zone = zone_named(block.zone)
    monday = week_of(from_day)
    starts = [midnight(monday + WEEK * number, zone) for number in range(AHEAD + 1)]
    days = company_days()
    return [planned(block, start, end, days) for start, end in pairwise(starts)]


def rhythm(owners: Sequence[int], now: dt.datetime, zone: ZoneInfo, weeks: int = WEEKS) -> list[Week]:
    """The weeks up to this one, by person, the latest first; weeks without a block are left out."""
    first = WorkingWeek.company().first_weekday
    monday = week_of(now.astimezone(zone).date(), first)
    start, end = midnight(monday - WEEK * (weeks - 1), zone), midnight(monday + WEEK, zone)
    return by_week(kept_of(owners, start, end, now), zone, first)


def told(block: Block) -> dict[str, Any]:
    """Its rhythm in words."""
    names = weekday_names("abbreviated")
    here = reader()
    return {
        "days": ", ".join(names[day] for day in block.weekdays),
        "at": dates.format_time(block.starts_at, "short", locale=here.locale),
        "length": length(block.minutes),
        "zone": block.zone if block.zone != here.zone.key else "",
    }
