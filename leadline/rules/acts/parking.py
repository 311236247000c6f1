"""Parking: into the nurture stream, until a day (R4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm import conditions
from leadline.history.numbers import number_of
from leadline.rules.acts.act import Act, Doing, Given

LATEST = 730  # days


def _clean(kind: str, given: Given) -> dict[str, Any]:
    days, reason = number_of(given.get("days", "")), str(given.get("reason", "")).strip()
    if days is None or not 1 <= days <= LATEST:
        raise ValidationError({"acts": _("Choose 1 to %(most)d days.") % {"most": LATEST}})
    if not 1 <= len(reason) <= 255:
        raise ValidationError({"acts": _("Write why it is parked, in at most 255 characters.")})
    return {"days": days, "reason": reason}


def _park(doing: Doing) -> dict[str, Any]:
    """Only what is open: what was won or lost stays so, what is parked keeps its day."""
    record = doing.record
    if record.status == "nurture":
        return {"same": True}
    if record.status != "open":
        raise ValidationError({"acts": _("It is closed, and is not parked.")})
    until = conditions.asker().today + dt.timedelta(days=doing.given["days"])
    record.park(by=doing.by, come_back_on=until, reason=doing.given["reason"])
    return {"on": until.isoformat()}


PARK = Act("park", gettext_lazy("Park it"), _clean, _park, frozenset({"deal", "lead"}))
