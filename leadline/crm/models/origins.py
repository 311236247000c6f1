"""Where a lead comes from is said at its start; what was changed of that since stays visible (R46).

Source, campaign and originator decide who is credited with what. Where nothing is said yet anybody who may change the
lead says it; another word is its owner's, or that of who leads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.crm.models.clocks import changes_of
from leadline.history.standing import standing

FIXED = ("source_id", "campaign_id", "originator_id")


@dataclass(frozen=True)
class Was:
    """What a field said until `until`, when `by_id` (None: Leadline) said something else."""

    name: str
    pk: int
    until: dt.datetime
    by_id: int | None


def require_fixed(record: Any, before: Mapping[str, Any], doer: Actor) -> None:
    """Raises PermissionDenied where somebody else says another origin than was said. Files and rules may."""
    said = [name for name in FIXED if before.get(name) and before[name] != getattr(record, name)]
    if not said or not doer.human or doer.user is None:
        return
    if not (doer.user.leads or doer.user.is_administrator or doer.user.pk == before.get("owner_id")):
        told = _("Where it comes from was said at the start. Its owner, or who leads, changes it.")
        raise PermissionDenied(told)


def changed_origins(record: Any) -> list[Was]:
    """What was said before, the latest first; what was taken back does not count."""
    found = [
        Was(name, int(change.old[name]), change.occurred_at, change.by_id)
        for change in standing(changes_of(record.ENTITY, [record.pk]).get(record.pk, []))
        for name in FIXED
        if change.old.get(name)
    ]
    return found[::-1]
