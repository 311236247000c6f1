"""Imported moves touch their deals (decision 0023): clocks that were set before this was so are moved on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import migrations

CHUNK = 500


def move_on(apps: Any, _editor: Any) -> None:
    """The clock of each open deal to its last imported move that stands, where that is later."""
    deals, changes = apps.get_model("crm", "Deal"), apps.get_model("history", "Change")
    ids = list(deals.objects.filter(status="open").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        log = changes.objects.filter(entity="deal", record_id__in=some)
        undone = set(log.filter(undoes__isnull=False).values_list("undoes", flat=True))
        moved = log.filter(verb="change", via="import", undoes=None, before__contains='"stage_id":')
        latest: dict[int, dt.datetime] = {}
        for pk, at in moved.exclude(pk__in=undone).values_list("record_id", "occurred_at"):
            latest[pk] = max(at, latest.get(pk, at))
        late = [deal for deal in deals.objects.filter(pk__in=latest) if _later(latest[deal.pk], deal.last_touch_at)]
        for deal in late:
            deal.last_touch_at = latest[deal.pk]
        deals.objects.bulk_update(late, ["last_touch_at"], batch_size=200)


def _later(move: dt.datetime, touch: dt.datetime | None) -> bool:
    return touch is None or move > touch


class Migration(migrations.Migration):
    dependencies = [("crm", "0012_reports_and_dashboards"), ("history", "0001_initial")]
    operations = [migrations.RunPython(move_on, migrations.RunPython.noop)]
