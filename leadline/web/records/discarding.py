"""Why a lead is discarded: a reason of the list, another one that joins it, a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm.models import DiscardReason, Lead
from leadline.crm.naming import clean_name
from leadline.history.numbers import number_of
from leadline.history.writing import writing

LONGEST = 10_000
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Discard:
    """`named` is a reason that joins the list."""

    reason: DiscardReason | None
    named: str
    note: str

    def discard(self, lead: Lead, by: Actor) -> None:
        """One act. Raises PermissionDenied, also for who may not add to the list."""
        with writing():
            lead.discard(_reason_named(self.named, by) if self.named else self.reason, note=self.note, by=by)


def read_discard(given: Given) -> Discard:
    """What a form says. Raises ValidationError for a reason that is gone."""
    reason: DiscardReason | None = None
    if given.get("reason", ""):
        reason = DiscardReason.objects.kept().filter(pk=number_of(given.get("reason", "")) or 0).first()
        if reason is None:
            raise ValidationError({"discard_reason": _("This reason has been deleted. Choose another one.")})
    return Discard(reason, clean_name(given.get("new_reason", "")), given.get("note", "").strip()[:LONGEST])


def discarding(reader: User) -> dict[str, Any]:
    """What a form for it offers."""
    return {"discard_reasons": list(DiscardReason.objects.kept()), "may_add_reason": reader.leads}


def _reason_named(name: str, by: Actor) -> DiscardReason:
    """The reason of this name, whatever its case; added where there is none. Raises PermissionDenied."""
    known = [reason for reason in DiscardReason.objects.kept() if reason.name.casefold() == name.casefold()]
    return known[0] if known else DiscardReason(name=name).add(by=by)
