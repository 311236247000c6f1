"""Which door an address opens: one question, written once."""

from __future__ import annotations

from leadline.crm.models import Door, DoorKind
from leadline.history.statements import Statement

_by_token = Statement(lambda: Door.objects.kept().filter(token="").order_by())


def door_at(token: str, kind: DoorKind) -> Door | None:
    """Open or closed (`active`); None where there is none, or one of the other kind."""
    found: Door | None = _by_token.record(token)
    return found if found is not None and found.kind == kind else None
