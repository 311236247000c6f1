"""Leads of theirs that nobody has touched yet, the newest first: every hour counts (R39)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from leadline.accounts.actors import HUMAN_WAYS
from leadline.activities.models import Activity
from leadline.crm.models import Lead, LeadStage, LeadStatus, Note
from leadline.history.models import Change
from leadline.web.frame.navigation import address
from leadline.web.today.day import Day
from leadline.web.today.records import RecordRow, loaded, party_of

LATEST, SHOWN = 200, 6  # that are looked at, that are shown


def region(day: Day, besides: Collection[str] = ()) -> dict[str, Any] | None:
    """None where there is none. Targets are ideas, which have a place of their own; `besides` stand elsewhere."""
    rows = Lead.objects.kept().filter(owner=day.person, status=LeadStatus.OPEN).exclude(stage=LeadStage.TARGET)
    latest = list(rows.order_by("-created_at", "-pk").values_list("pk", flat=True)[:LATEST])
    touched = _touched(latest)
    waiting = [pk for pk in latest if pk not in touched and f"lead-{pk}" not in besides]
    if not waiting:
        return None
    records = loaded("lead", waiting[:SHOWN])
    shown = [RecordRow(record, party_of(record), "", since=record.created_at) for record in records.values()]
    query = {"owner": day.person.pk, "status": "open", "sort": "-created_at"}
    more = len(latest) == LATEST
    return {"rows": shown, "count": len(waiting), "more": more, "all": f"{address('leads')}?{urlencode(query)}"}


def _touched(leads: list[int]) -> set[int]:
    """Those on which something was done, or noted, or that somebody edited since they were made."""
    done = Activity.objects.kept().filter(lead__in=leads, done_at__isnull=False)
    notes = Note.objects.kept().filter(lead__in=leads)
    by_hand = Change.objects.filter(by_id__isnull=False, via__in=HUMAN_WAYS, undoes=None)
    edits = by_hand.filter(entity="lead", record_id__in=leads).exclude(verb=Change.CREATE)
    found = {*done.values_list("lead_id", flat=True), *notes.values_list("lead_id", flat=True)}
    return found | set(edits.values_list("record_id", flat=True))
