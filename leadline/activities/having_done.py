"""Which kinds of activity were done on deals, for playbooks that ask for one (R2)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from leadline.activities.models import Activity


def done_on(
    deal_ids: Collection[int], types: Collection[int] | None
) -> dict[int, dict[int, tuple[dt.datetime, int | None]]]:
    """By deal and type (None: of all): when one was done first, and whose it was."""
    rows = Activity.objects.done().filter(deal__in=deal_ids)
    if types is not None:
        rows = rows.filter(type__in=types)
    found: dict[int, dict[int, tuple[dt.datetime, int | None]]] = defaultdict(dict)
    for deal_id, type_id, done_at, owner_id in rows.order_by("-done_at", "-pk").values_list(
        "deal_id", "type_id", "done_at", "owner_id"
    ):
        found[deal_id][type_id] = (done_at, owner_id)  # the last one read is the first one done
    return found
