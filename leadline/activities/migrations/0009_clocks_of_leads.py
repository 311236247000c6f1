"""Leads have clocks (`crm.models.lead_clocks`): those of leads that were there before are read from the log, once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import migrations
from django.db.models import Max

CHUNK = 2000
HUMAN_WAYS = ("web", "api", "cli", "mail", "mcp")
Touches = dict[int, list[tuple[dt.datetime, int | None]]]  # of each lead: when, and by whom


def fill(apps: Any, _editor: Any) -> None:
    """A few thousand leads at a time: 100,000 take seconds."""
    leads = apps.get_model("crm", "Lead").objects
    last = leads.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last + 1, CHUNK):
        some = list(leads.filter(pk__gt=first, pk__lte=first + CHUNK).only("pk", "owner_id", "created_at"))
        if not some:
            continue
        touches, given = _of_leads(apps, first, first + CHUNK)
        _of_notes(apps, first, first + CHUNK, touches)
        _of_activities(apps, first, first + CHUNK, touches)
        for lead in some:
            mine = touches.get(lead.pk, ())
            since = given.get(lead.pk, lead.created_at) if lead.owner_id else None
            answers = [at for at, by in mine if since and by == lead.owner_id and at >= since]
            lead.owned_since = since
            lead.answered_at = min(answers, default=None)
            lead.last_touch_at = max((at for at, _by in mine), default=None)
        _write(some)


def _write(some: list[Any]) -> None:
    from django.db import connection  # noqa: PLC0415  the connection of the moment

    meta = type(some[0])._meta
    columns = [meta.get_field(name) for name in ("owned_since", "answered_at", "last_touch_at")]
    sets = ", ".join(f"{connection.ops.quote_name(column.column)} = %s" for column in columns)
    rows = [[*(c.get_db_prep_save(getattr(lead, c.attname), connection) for c in columns), lead.pk] for lead in some]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {connection.ops.quote_name(meta.db_table)} SET {sets} WHERE id = %s", rows)


def _of_leads(apps: Any, first: int, last: int) -> tuple[Touches, dict[int, dt.datetime]]:
    """What was done to the leads themselves, and when each was last given to somebody."""
    log = apps.get_model("history", "Change").objects
    rows = log.filter(entity="lead", record_id__gt=first, record_id__lte=last, verb="change").order_by("-id")
    touches: Touches = defaultdict(list)
    given: dict[int, dt.datetime] = {}
    for pk, at, by, via, before in _standing(
        rows.values_list("id", "undoes", "record_id", "occurred_at", "by_id", "via", "before")
    ):
        if (by is not None and via in HUMAN_WAYS) or (via == "import" and '"stage":' in before):
            touches[pk].append((at, by))
        if '"owner_id":' in before:
            given[pk] = max(at, given.get(pk, at))
    return touches, given


def _standing(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """Without what was taken back, and without the takings back; latest first."""
    gone: set[int] = set()
    for pk, undoes, *rest in rows:
        if pk not in gone and undoes is not None:
            gone.add(undoes)
        elif pk not in gone:
            yield tuple(rest)


def _of_notes(apps: Any, first: int, last: int, touches: Touches) -> None:
    notes = apps.get_model("crm", "Note").objects.filter(deleted_at=None, lead__gt=first, lead__lte=last)
    of = dict(notes.values_list("pk", "lead_id"))
    log, ids = apps.get_model("history", "Change").objects, sorted(of)
    for start in range(0, len(ids), 500):
        rows = log.filter(entity="note", record_id__in=ids[start : start + 500]).exclude(verb="delete").order_by("-id")
        for pk, at, by, via in _standing(rows.values_list("id", "undoes", "record_id", "occurred_at", "by_id", "via")):
            if by is not None and via in HUMAN_WAYS:
                touches[of[pk]].append((at, by))


def _of_activities(apps: Any, first: int, last: int, touches: Touches) -> None:
    done = apps.get_model("activities", "Activity").objects.filter(deleted_at=None, done_at__isnull=False)
    rows = done.filter(lead__gt=first, lead__lte=last).values_list("lead_id", "done_at", "owner_id")
    for pk, at, by in rows.iterator():
        touches[pk].append((at, by))


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0008_to_do_of_one"),
        ("crm", "0020_working_hours_and_escalation"),
        ("history", "0001_initial"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
