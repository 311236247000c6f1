"""What somebody without blocks is offered: a fifth of the company's working week for prospecting (R32)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.activities.blocks.setting_up import defaults
from leadline.activities.models import Activity, Block, Work
from leadline.activities.zones import clock_of, zone_of
from leadline.crm.models.working_time import WorkingWeek
from leadline.history.writing import writing

SHARE = 0.2  # R32: of working time
HOURS_A_DAY = 8
LENGTH = 120  # minutes of one block
AIM = 5  # meaningful conversations in it
BEGINS = dt.time(9)
HOURS = tuple(map(dt.time, (9, 10, 11, 13, 14, 15)))  # at which one may begin, the best first
AHEAD, MOST, USUAL = dt.timedelta(weeks=2), 500, 30  # how far is looked, activities, minutes of one that says none
MIDDLE_FIRST = (1, 3, 2, 0, 4, 5, 6)  # Tuesday and Thursday: neither into the week nor out of it


def proposal(
    owner: User, *, name: str, hours_a_day: float = HOURS_A_DAY, now: dt.datetime | None = None
) -> list[Block]:
    """Two-hour blocks that come to a fifth of the working week, at most one a day: unsaved; one row holds their days.

    A week with less than that to give has a shorter one. They stand where least is planned in the coming two weeks.
    """
    weekdays = [day for day in MIDDLE_FIRST if day in WorkingWeek.company().weekdays]
    zone, now = zone_of(owner), now or timezone.now()
    minutes = len(weekdays) * hours_a_day * 60 * SHARE
    number = min(max(round(minutes / LENGTH), 1), len(weekdays))
    length = LENGTH if minutes >= LENGTH else max(round(minutes / 15) * 15, 15)
    starts_at, chosen = _freest(_planned(owner, zone, now), weekdays, number, length)
    return [
        Block(
            owner=owner,
            name=name,
            work=Work.PROSPECTING,
            weekdays=sorted(chosen),
            starts_at=starts_at,
            minutes=length,
            aim=max(round(AIM * length / LENGTH), 1),
            **defaults(owner),
        )
    ]


def _planned(owner: User, zone: dt.tzinfo, now: dt.datetime) -> list[tuple[int, int, int]]:
    """What has its hour in the coming two weeks: (weekday, first minute of the day, last) on the owner's clock."""
    rows = Activity.objects.of(owner).planned().filter(due_on=None, due_at__gte=now, due_at__lt=now + AHEAD)
    found = []
    for due_at, minutes, usual in rows.values_list("due_at", "minutes", "type__minutes")[:MOST]:
        clock = clock_of(due_at, zone)
        start = clock.hour * 60 + clock.minute
        found.append((clock.weekday(), start, start + (minutes or usual or USUAL)))
    return found


def _freest(
    planned: list[tuple[int, int, int]], weekdays: list[int], number: int, length: int
) -> tuple[dt.time, list[int]]:
    """The hour, and so many days at it, with the fewest clashes; of equals the earliest hour and the days as given."""

    def clashes(day: int, begins: dt.time) -> int:
        start = begins.hour * 60 + begins.minute
        return sum(on == day and first < start + length and start < last for on, first, last in planned)

    def days(begins: dt.time) -> list[int]:
        return sorted(weekdays, key=lambda day: clashes(day, begins))[:number]

    hour = min(HOURS, key=lambda begins: sum(clashes(day, begins) for day in days(begins)))
    return hour, days(hour)


def accept(blocks: list[Block], *, by: By) -> list[Block]:
    """Set up what was proposed, in one act. Whoever has blocks already is left as they are: two clicks set up once."""
    doer = actor(by).together()
    with writing():
        if Block.objects.kept().filter(owner__in={block.owner_id for block in blocks}).exists():
            return []
        return [block.add(by=doer) for block in blocks]
