"""Causes that come with time: a record has been idle for so many days, a date is so many days away."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce

from leadline.crm.fields import Field, FieldKind, field_of, fields_of
from leadline.crm.filtering.columns import in_days
from leadline.crm.models.deal_facts import IDLE_SINCE
from leadline.history.registry import model_of
from leadline.history.values import plain
from leadline.rules.causes import Cause
from leadline.rules.models import Rule, When

DAY = dt.timedelta(days=1)
CATCH_UP = 3 * DAY  # so long a date may have passed while no server ran
CLOCKS = {"deal": IDLE_SINCE, "lead": ("last_touch_at", "created_at")}


def causes(rule: Rule, start: dt.datetime, end: dt.datetime, *, past: bool = False) -> Iterator[Cause]:
    """Those whose moment lies in the span, as clocks and dates stand today.

    Of the `past` also those of records that files brought later, and dates long over.
    """
    if rule.when == When.IDLE:
        yield from _idle(rule, start, end, past)
    elif rule.when == When.NEAR:
        yield from _near(rule, start, end, past)


def days_of(kind: str) -> dict[str, Field]:
    """The fields that hold a day, by name."""
    return {name: field for name, field in fields_of(kind).items() if field.kind == FieldKind.DAY and field.column}


def _idle(rule: Rule, start: dt.datetime, end: dt.datetime, past: bool) -> Iterator[Cause]:
    days = dt.timedelta(days=rule.details["days"])
    rows = model_of(rule.kind).objects.kept().filter(status="open").order_by()
    idle = rows.annotate(idle_since=Coalesce(*CLOCKS[rule.kind]))
    found = idle.filter(idle_since__gte=start - days, idle_since__lte=end - days)
    for pk, since, added in found.values_list("pk", "idle_since", "added_at"):
        if past or since + days >= added:  # what a file brought was idle elsewhere
            yield Cause(f"{rule.kind} {pk} idle since {plain(since)}", rule.kind, pk, since + days)


def _near(rule: Rule, start: dt.datetime, end: dt.datetime, past: bool) -> Iterator[Cause]:
    try:
        field = field_of(rule.kind, rule.details["field"])
    except LookupError:
        return
    zone, ahead = zoneinfo.ZoneInfo(settings.LEADLINE_TIME_ZONE), dt.timedelta(days=rule.details["days"])
    first, last = start.astimezone(zone).date() + ahead, end.astimezone(zone).date() + ahead
    if not past:
        first = max(first, (end - CATCH_UP).astimezone(zone).date())
    rows = model_of(rule.kind).objects.kept().filter(in_days(field, first, last)).order_by()
    rows = rows.filter(Q(status="open")) if field.attname == "expected_close_on" else rows
    for pk, held in rows.values_list("pk", field.column):
        day = dt.date.fromisoformat(held[field.custom.key]) if field.custom else held
        at = dt.datetime.combine(day - ahead, dt.time(), zone).astimezone(dt.UTC)
        if start <= at <= end:
            yield Cause(f"{rule.kind} {pk} {field.name} {day}", rule.kind, pk, at)
