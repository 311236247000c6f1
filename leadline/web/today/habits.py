"""How far the day's habits are: the next block, the ten, the ideas. Each is asked of the floor that keeps it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel import dates
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.activities import blocks, ideas
from leadline.activities.models import Habits, TenEntry
from leadline.web.frame.navigation import address
from leadline.web.frame.reader import reader
from leadline.web.today.day import DAY, Day

BEFORE = dt.timedelta(minutes=15)  # one may sit down early


def block(day: Day) -> dict[str, Any] | None:
    """The next one, or the one that runs; None where none is kept free in the weeks to come."""
    found = blocks.next_of(day.person, day.now)
    if found is None:
        return None
    starts = found.starts_at.astimezone(day.zone)
    return {
        "name": found.block.name,
        "when": f"{_day_word(starts.date(), day)}, {_span(starts, found.ends_at.astimezone(day.zone))}",
        "aim": found.block.aim,
        "runs": found.sitting is not None,
        "now": found.starts_at - BEFORE <= day.now,
        "href": reverse("block_sit", args=[found.block.pk, found.on_date.isoformat()]) if address("blocks") else "",
    }


def ten(day: Day) -> dict[str, Any]:
    """How many of today's list are dealt with. The list itself is made when somebody opens it."""
    rows = TenEntry.objects.kept().filter(owner=day.person, on_date=day.date)
    entries = list(rows.values_list("written_at", "skipped_at"))
    listed = sum(1 for written, skipped in entries if written or not skipped)
    size = listed or Habits.of(day.person).ten_size
    return {"written": sum(1 for written, _skipped in entries if written), "size": size, "href": address("ten")}


def idea_stock(day: Day) -> dict[str, Any]:
    """How many ideas there are; `under` says whether that is below their floor."""
    count, floor = ideas.standing(day.person)
    return {"count": count, "floor": floor, "under": count < floor, "href": address("ideas")}


def _day_word(on: dt.date, day: Day) -> str:
    away = (on - day.date) // DAY
    if away in (0, 1):
        return _("Tomorrow") if away else _("Today")
    return str(dates.format_skeleton("MMMEd", on, locale=reader().locale))


def _span(start: dt.datetime, end: dt.datetime) -> str:
    """14:00–16:00."""
    times = (dates.format_time(one.time(), "short", locale=reader().locale) for one in (start, end))
    return "–".join(times)
