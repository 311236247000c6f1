"""When blocks take place: wall clock of their zone, not on days off, moved or skipped where somebody said so (R32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from leadline.accounts.models import User
from leadline.activities.blocks.clock import at_wall_clock, zone_named
from leadline.activities.blocks.keeping import is_kept, minutes_of, sat_spans
from leadline.activities.models import Block, Sitting
from leadline.crm.working_days import DAY, WorkingDays
from leadline.crm.working_time import company_days

Key = tuple[int, dt.date]
WEEK = 7
LOOKED_AHEAD = dt.timedelta(days=35)  # days in which the next one is looked for


@dataclass(frozen=True)
class Occurrence:
    """One time that a block takes place: `on_date` is the day of its plan, also where it was moved to another.

    `starts_at` and `ends_at` are aware UTC; `sitting` is who sat down to it, when, or None.
    """

    block: Block
    on_date: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    sitting: Sitting | None = None

    @property
    def moved(self) -> bool:
        """Whether it takes place at another time than planned."""
        return self.on_date.isoformat() in self.block.moved


def occurrences(owners: Iterable[User | int], start: dt.datetime, end: dt.datetime) -> list[Occurrence]:
    """The blocks of these people (or their numbers) that begin from `start` up to, not with, `end`; in their order.

    Neighbouring spans hold each once. Four queries for any number of people.
    """
    blocks = list(
        Block.objects.kept()
        .filter(owner__in=[getattr(one, "pk", one) for one in owners], start_on__lte=(end + DAY).date())
        .select_related("owner")
    )
    if not blocks:
        return []
    days, sat = company_days(), _sittings(blocks, start, end)
    found = [one for block in blocks for one in _of(block, start, end, days, sat)]
    return sorted(found, key=lambda one: (one.starts_at, one.block.pk))


def planned(block: Block, start: dt.datetime, end: dt.datetime, days: WorkingDays) -> list[Occurrence]:
    """The same of one block, which need not be saved, without its sittings; asks nothing of the database."""
    return sorted(_of(block, start, end, days, {}), key=lambda one: one.starts_at)


def occurrence_on(block: Block, on_date: dt.date) -> Occurrence | None:
    """What a block's plan has for this day, wherever it was moved to; None where it does not take place."""
    sitting = Sitting.objects.kept().filter(block=block, on_date=on_date).first()
    takes_place = sitting is not None or falls_on(block, on_date, company_days())
    span = _placed(block, on_date) if takes_place else None
    return None if span is None else Occurrence(block, on_date, *span, sitting)


def next_of(user: User, now: dt.datetime) -> Occurrence | None:
    """The one that runs now, else the next one within five weeks; None without.

    Whoever got up after half of it is done with it; who did so before may sit down to it again until it ends.
    """
    ahead = occurrences([user], now - DAY, now + LOOKED_AHEAD)
    return next((one for one in ahead if one.ends_at > now and not _done_with(one)), None)


def _done_with(one: Occurrence) -> bool:
    sitting = one.sitting
    if sitting is None or sitting.ended_at is None:
        return False
    sat = sat_spans(sitting.began_at, sitting.ended_at, sitting.pauses, one.ends_at)
    return is_kept(minutes_of(sat), (one.starts_at, one.ends_at))


def falls_on(block: Block, day: dt.date, days: WorkingDays) -> bool:
    """Whether the plan has this day: weekday, week and first to last day fit, and the company works.

    Every second (third ...) week is counted from the week of the first day; weeks begin on Monday, as RFC 5545 has it.
    """
    if day < block.start_on or (block.end_on is not None and day > block.end_on):
        return False
    weeks = ((day - DAY * day.weekday()) - (block.start_on - DAY * block.start_on.weekday())).days // WEEK
    fits = day.weekday() in block.weekdays and weeks % max(block.every_weeks, 1) == 0
    return fits and days.is_working_day(day)


def _of(
    block: Block, start: dt.datetime, end: dt.datetime, days: WorkingDays, sat: Mapping[Key, Sitting]
) -> Iterator[Occurrence]:
    """Where somebody sat down to it, it took place, also on a day that was called off later."""
    zone = zone_named(block.zone)
    for day in _candidates(block, start, end, zone):
        sitting = sat.get((block.pk, day))
        span = _placed(block, day) if sitting or falls_on(block, day, days) else None
        if span is not None and start <= span[0] < end:
            yield Occurrence(block, day, *span, sitting)


def _candidates(block: Block, start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> list[dt.date]:
    """Days of the plan that may take place then: those of the span, and those moved into it from elsewhere."""
    first = max(start.astimezone(zone).date(), block.start_on)
    last = min(end.astimezone(zone).date(), block.end_on or dt.date.max)
    within = {first + DAY * number for number in range((last - first).days + 1)}
    return sorted(within | {dt.date.fromisoformat(day) for day in block.moved})


def _placed(block: Block, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
    """From when to when that of this day takes place; None where it is skipped."""
    key = day.isoformat()
    if key in block.moved:
        if block.moved[key] is None:
            return None
        begins = dt.datetime.fromisoformat(block.moved[key]).astimezone(dt.UTC)
    else:
        begins = at_wall_clock(day, block.starts_at, zone_named(block.zone))
    return begins, begins + dt.timedelta(minutes=block.minutes)


def _sittings(blocks: list[Block], start: dt.datetime, end: dt.datetime) -> dict[Key, Sitting]:
    """Those of these blocks that began about then, by block and day."""
    rows = Sitting.objects.kept().filter(
        block__in=[block.pk for block in blocks], began_at__gte=start - DAY, began_at__lt=end + DAY
    )
    return {(row.block_id, row.on_date): row for row in rows}
