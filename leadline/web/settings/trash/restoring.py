"""Back from the trash, by the verb that looks after each kind."""

from __future__ import annotations

from typing import Any

from leadline.accounts.actors import By, actor
from leadline.crm.naming import restore_named
from leadline.crm.rates import revalue

# Kinds whose names are given once: one that was given again meanwhile keeps the old one out.
NAMED = frozenset({
    "pipeline", "stage", "source", "campaign", "lost_reason", "discard_reason", "lack", "label", "activity_type",
    "custom_field",
})  # fmt: skip


def restore(row: Any, *, by: By) -> None:
    """Raises ValidationError, PermissionDenied."""
    if row.ENTITY in NAMED:
        restore_named(row, by=by)
        return
    row.restore(by=by)
    if row.ENTITY == "rate":
        revalue(actor(by), row.currency)
