"""What people do to an arrival: let in what was held back, try again what failed, throw away what is nothing.

An arrival is no record with a log of its own; who judged it stands in its `origin`, under `judged`.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.permissions import require
from leadline.crm.intake import wake
from leadline.crm.models import Arrival, ArrivalState
from leadline.history.writing import locked, writing

DONE = frozenset({ArrivalState.TAKEN, ArrivalState.JOINED})


def release(arrival: Arrival, *, by: By, at: dt.datetime | None = None) -> Arrival:
    """It is no spam, or was thrown away by mistake: a lead is made of it. Raises ValidationError for what is one."""
    return _judged(arrival, ArrivalState.WAITING, "released", by, at)


def retry(arrival: Arrival, *, by: By, at: dt.datetime | None = None) -> Arrival:
    """Once more what could not be read, after the form or the mapping was mended."""
    return _judged(arrival, ArrivalState.WAITING, "retried", by, at)


def refuse(arrival: Arrival, *, by: By, at: dt.datetime | None = None) -> Arrival:
    """Nothing is made of it; it stays where it can be seen, and let in after all."""
    return _judged(arrival, ArrivalState.REFUSED, "refused", by, at)


def _judged(arrival: Arrival, state: ArrivalState, deed: str, by: By, at: dt.datetime | None) -> Arrival:
    doer = actor(by)
    require(doer, "change", arrival.door)
    with writing():
        row: Arrival = locked(Arrival.objects.filter(pk=arrival.pk).order_by()).get()
        if row.state in DONE:
            raise ValidationError(_("This one is a lead already."))
        if row.state != state:
            row.origin = {**row.origin, "judged": {"as": deed, "by": doer.id, "at": (at or timezone.now()).isoformat()}}
            row.state, row.why, row.done_at = state, "", None if state == ArrivalState.WAITING else at or timezone.now()
            row.save(update_fields=["origin", "state", "why", "done_at"])
            wake()
    return row
