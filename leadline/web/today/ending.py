"""The end of a day: what was done, and what one could do next."""

from __future__ import annotations

from collections import Counter
from typing import Any

from leadline.activities.models import Activity
from leadline.web.frame.names import linked
from leadline.web.today.day import Day
from leadline.web.today.next_things import next_things


def ending(day: Day) -> dict[str, Any]:
    """How much of each kind was done today, the most first, and what came of it."""
    rows = Activity.objects.kept().filter(owner=day.person, done_at__gte=day.begins, done_at__lt=day.ends)
    found = list(rows.order_by().values_list("type_id", "outcome"))
    kinds = Counter(str(linked().get("activity_type", pk)) for pk, _outcome in found)
    outcomes = Counter(outcome for _type, outcome in found if outcome)
    return {
        "done": len(found),
        "kinds": kinds.most_common(),
        "outcomes": outcomes.most_common(),
        "next_things": next_things(day),
    }
