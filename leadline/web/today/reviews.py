"""Stages that are to be revised (R1), for who leads."""

from __future__ import annotations

from typing import Any

from leadline.crm.playbooks.reviewing import due_reviews
from leadline.web.today.day import Day

SHOWN = 6


def region(day: Day) -> dict[str, Any] | None:
    """The longest due first; None where none is due, and on a day that is not one's own."""
    if not (day.own and day.viewer.leads):
        return None
    due = due_reviews(day.date)
    return {"rows": due[:SHOWN], "count": len(due)} if due else None
