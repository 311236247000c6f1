"""Where in the log a moment lies: found by halving, since the log is written in the order of time."""

from __future__ import annotations

import datetime as dt

from leadline.history.models import Change

SLACK = 2_000  # on PostgreSQL numbers are given out before commits: neighbours may stand the other way round


def first_since(moment: dt.datetime) -> int:
    """The number of the first change written at that moment or later, give or take SLACK."""
    newest = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
    low, high = 1, newest + 1
    while low < high:
        middle = (low + high) // 2
        row = Change.objects.filter(id__gte=middle).order_by("id").values_list("id", "recorded_at").first()
        if row is None or row[1] >= moment:
            high = middle
        else:
            low = row[0] + 1
    return low
