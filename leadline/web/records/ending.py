"""What is said of a deal or a lead that leaves the board: why it is lost, and until when it is parked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, LostReason
from leadline.crm.naming import clean_name
from leadline.history.numbers import number_of

LONGEST = 255
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Loss:
    """Why a deal is lost, to whom, and when to ask again; `named` is a reason that joins the list."""

    reason: LostReason | None
    named: str
    note: str
    competitor: str
    revisit_on: dt.date | None

    def lose(self, deal: Deal, by: Actor) -> None:
        """Raises PermissionDenied, also for who may not add to the list."""
        reason = _reason_named(self.named, by) if self.named else self.reason
        deal.lose(reason, note=self.note, competitor=self.competitor, revisit_on=self.revisit_on, by=by)


def read_loss(given: Given) -> Loss:
    """Raises ValidationError for a reason that is gone, and for a day that is not ahead."""
    day = _day(given.get("revisit_on", ""), "revisit_on", _("Write the day on which to ask again."))
    if day is not None and day <= timezone.localdate():
        raise ValidationError({"revisit_on": _("Choose a day that is still to come, on which to ask again.")})
    return Loss(
        reason=_reason(given),
        named=clean_name(given.get("new_reason", "")),
        note=given.get("note", "").strip(),
        competitor=clean_name(given.get("competitor", ""))[:LONGEST],
        revisit_on=day,
    )


def read_waiting(given: Given) -> dict[str, Any]:
    """Until when something is parked and why, as `park` takes it. The verb says what is missing."""
    text = given.get("date", "") or given.get("come_back_on", "")
    return {
        "come_back_on": _day(text, "come_back_on", _("Name the day on which it should come back.")),
        "event": given.get("event", "").strip()[:LONGEST],
        "reason": given.get("reason", "").strip()[:LONGEST],
    }


def _reason(given: Given) -> LostReason | None:
    if not given.get("reason", ""):
        return None
    number = number_of(given.get("reason", "")) or 0
    reason: LostReason | None = LostReason.objects.kept().filter(pk=number).first()
    if reason is None:
        raise ValidationError({"lost_reason": _("This reason has been deleted. Choose another one.")})
    return reason


def _reason_named(name: str, by: Actor) -> LostReason:
    """The reason of this name, whatever its case; added where there is none. Raises PermissionDenied."""
    known = [reason for reason in LostReason.objects.kept() if reason.name.casefold() == name.casefold()]
    return known[0] if known else LostReason(name=name).add(by=by)


def _day(text: str, name: str, mend: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise ValidationError({name: mend}) from None
