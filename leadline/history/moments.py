"""When a change happened, so that the log of a record always reads in the order in which it was written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.history.models import Change
from leadline.history.statements import Statement

LEEWAY = dt.timedelta(minutes=5)  # clocks of two machines may differ by as much


def moment(record: Any | None, at: dt.datetime | None) -> dt.datetime:
    """The moment to write down for a change of `record` (None: a new one): `at`, or now, but never before its last one.

    The state of a record is the fold of its changes in time order; a change that was written later but dated earlier
    would be hidden behind what it changes. Raises ValidationError for a moment that has not come yet.
    """
    now = timezone.now()
    if at is not None and at > now + LEEWAY:
        raise ValidationError({"at": _("This lies in the future.")})
    when = at or now
    last = _last.rows(type(record).ENTITY, record.pk) if record else []
    return max(when, last[0][0]) if last else when


def _newest_first() -> QuerySet[Change, Any]:
    changes = Change.objects.filter(entity="", record_id=0).order_by("-occurred_at")
    return changes.values_list("occurred_at")[:1]


_last = Statement(_newest_first)


def last_moments(entity: str, ids: list[int]) -> dict[int, dt.datetime]:
    """When each record changed last, by id."""
    found: dict[int, dt.datetime] = {}
    for start in range(0, len(ids), 500):
        rows = Change.objects.filter(entity=entity, record_id__in=ids[start : start + 500]).order_by()
        found |= dict(rows.values_list("record_id").annotate(last=Max("occurred_at")))
    return found
