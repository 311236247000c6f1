"""The time blocks of somebody's calendar: busy, week after week."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from leadline.accounts.models import User
from leadline.activities.blocks.clock import zone_named
from leadline.activities.blocks.occurring import planned
from leadline.activities.calendar_file.entries import Entry, Window, revisions, uid
from leadline.activities.calendar_file.series import series
from leadline.activities.models import Block
from leadline.activities.recurring.rule import WEEKDAYS
from leadline.crm.working_days import WorkingDays
from leadline.crm.working_time import company_days

Said = dict[str, object]


def entries(user: User, window: Window, href: str) -> list[Entry]:
    """A block is one entry as long as its rule holds; days off are left out of it, moved ones are told apart."""
    lasting = Q(end_on=None) | Q(end_on__gte=window.start.date())
    blocks = list(Block.objects.visible_to(user).kept().filter(lasting, owner=user).order_by("pk"))
    if not blocks:
        return []
    changed, days = revisions("block", [block.pk for block in blocks]), company_days()
    return [entry for block in blocks for entry in _entries(block, window, changed[block.pk], days, href)]


def _entries(
    block: Block, window: Window, changed: tuple[dt.datetime, int], days: WorkingDays, href: str
) -> list[Entry]:
    zone = zone_named(block.zone)
    takes_place = {
        dt.datetime.combine(one.on_date, block.starts_at): one.starts_at
        for one in planned(block, window.start, window.end, days)
    }
    if not takes_place:
        return []
    rule, first = _rule(block), min(takes_place)
    repeated = series(rule, takes_place, zone, days=False) if rule else None

    def entry(name: str, at: dt.datetime, **more: object) -> Entry:
        words: Said = {"minutes": block.minutes, "summary": block.name, "category": block.get_work_display()}
        return Entry(name, at, **words, changed_at=changed[0], revision=changed[1], href=href, **more)  # type: ignore[arg-type]

    if repeated:
        return [entry(uid("block", block.pk), takes_place[first], series=repeated)]
    return [entry(uid("block", block.pk, f"{slot:%Y%m%d}"), at) for slot, at in sorted(takes_place.items())]


def _rule(block: Block) -> str:
    days = ",".join(WEEKDAYS[day] for day in sorted(set(block.weekdays)))
    return f"FREQ=WEEKLY;INTERVAL={max(block.every_weeks, 1)};BYDAY={days}" if days else ""
