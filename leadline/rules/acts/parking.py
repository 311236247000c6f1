"""Parking: into the nurture stream, until a day, an event or both (R4)."""

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
LONGEST = 255  # characters


def _clean(kind: str, given: Given) -> dict[str, Any]:
    event, reason = (" ".join(str(given.get(name) or "").split()) for name in ("event", "reason"))
    written = str(given.get("days") or "").strip()
    days = number_of(written)
    if (written or not event) and (days is None or not 1 <= days <= LATEST):
        raise ValidationError({"acts": _("Choose 1 to %(most)d days.") % {"most": LATEST}})
    if len(event) > LONGEST:
        raise ValidationError(
            {"acts": _("Write what it waits for, in at most %(most)d characters.") % {"most": LONGEST}}
        )
    if not 1 <= len(reason) <= LONGEST:
        raise ValidationError(
            {"acts": _("Write why it is parked, in at most %(most)d characters.") % {"most": LONGEST}}
        )
    return {"days": days, "event": event, "reason": reason}


def _park(doing: Doing) -> dict[str, Any]:
    """Only what is open: what was won or lost stays so, what is parked keeps its day."""
    record = doing.record
    if record.status == "nurture":
        return {"same": True}
    if record.status != "open":
        raise ValidationError({"acts": _("It is closed, and is not parked.")})
    days, event = doing.given["days"], doing.given.get("event", "")
    until = conditions.asker().today + dt.timedelta(days=days) if days else None
    record.park(by=doing.by, come_back_on=until, event=event, reason=doing.given["reason"])
    return {"on": until.isoformat() if until else None, "event": event}


PARK = Act("park", gettext_lazy("Park it"), _clean, _park, frozenset({"deal", "lead"}))
