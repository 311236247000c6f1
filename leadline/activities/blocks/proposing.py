"""What somebody without blocks is offered: a fifth of the company's working week for prospecting (R32)."""

from __future__ import annotations

import datetime as dt

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.activities.blocks.setting_up import defaults
from leadline.activities.models import Block, Work
from leadline.crm.models.working_time import WorkingWeek
from leadline.history.writing import writing

SHARE = 0.2  # R32: of working time
HOURS_A_DAY = 8
LENGTH = 120  # minutes of one block
AIM = 5  # meaningful conversations in it
BEGINS = dt.time(9)
MIDDLE_FIRST = (1, 3, 2, 0, 4, 5, 6)  # Tuesday and Thursday: neither into the week nor out of it


def proposal(owner: User, *, name: str, hours_a_day: float = HOURS_A_DAY) -> list[Block]:
    """Two-hour blocks that come to a fifth of the working week, at most one a day: unsaved; one row holds their days.

    A week with less than that to give has a shorter one.
    """
    weekdays = [day for day in MIDDLE_FIRST if day in WorkingWeek.company().weekdays]
    minutes = len(weekdays) * hours_a_day * 60 * SHARE
    number = min(max(round(minutes / LENGTH), 1), len(weekdays))
    length = LENGTH if minutes >= LENGTH else max(round(minutes / 15) * 15, 15)
    return [
        Block(
            owner=owner,
            name=name,
            work=Work.PROSPECTING,
            weekdays=sorted(weekdays[:number]),
            starts_at=BEGINS,
            minutes=length,
            aim=max(round(AIM * length / LENGTH), 1),
            **defaults(owner),
        )
    ]


def accept(blocks: list[Block], *, by: By) -> list[Block]:
    """Set up what was proposed, in one act. Whoever has blocks already is left as they are: two clicks set up once."""
    doer = actor(by).together()
    with writing():
        if Block.objects.kept().filter(owner__in={block.owner_id for block in blocks}).exists():
            return []
        return [block.add(by=doer) for block in blocks]
