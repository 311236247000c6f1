"""Another secret for a webhook; the one before holds for a while, so that nothing is lost while senders change."""

from __future__ import annotations

import datetime as dt

from leadline.accounts.actors import By
from leadline.crm.intake.signing import OLD_HOLDS, secret_of
from leadline.crm.models import Door


def rotate(door: Door, *, by: By, at: dt.datetime | None = None) -> str:
    """The new secret, shown this once; the one before holds for OLD_HOLDS. Raises PermissionDenied."""
    with door.changing(by, at=at) as when:
        door.secret_number, door.rotated_at = door.secret_number + 1, when
    return secret_of(door)


def old_holds_until(door: Door, now: dt.datetime) -> dt.datetime | None:
    """Until when the secret before is taken; None where it is not any more."""
    until = None if door.rotated_at is None else door.rotated_at + OLD_HOLDS
    return until if until is not None and until > now else None
