"""How far the day's habits are: goals, the next block, the ten, the ideas. Each is asked of the floor that keeps it."""

from __future__ import annotations

from typing import Any

from leadline.activities.models import Habits, TenEntry
from leadline.web.today.day import Day


def ten(day: Day) -> dict[str, Any]:
    """How many of today's list are dealt with. The list itself is made when somebody opens it."""
    entries = list(TenEntry.objects.kept().filter(owner=day.person, on_date=day.date))
    written = sum(1 for entry in entries if entry.written_at)
    left = sum(1 for entry in entries if not entry.written_at and not entry.skipped_at)
    size = len(entries) or Habits.of(day.person).ten_size
    return {"written": written, "left": left if entries else size, "size": size, "begun": bool(entries)}
