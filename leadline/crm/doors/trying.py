"""A test by a door: kept and made a lead like anything that comes, and marked as a test."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.permissions import require
from leadline.crm.intake import keep, make_now
from leadline.crm.models import Arrival, Door


def send_test(door: Door, given: dict[str, Any], *, by: By) -> Arrival:
    """What became of it. Raises ValidationError for a closed door, PermissionDenied."""
    doer = actor(by)
    require(doer, "change", door)
    if not door.active:
        raise ValidationError(_("%(name)s is closed. Open it, and try again.") % {"name": door})
    mark = f"test-{secrets.token_hex(12)}"
    keep(door.pk, mark, given, {"test": True, "by": doer.id})
    found: Arrival = Arrival.objects.get(door=door, mark=mark)
    make_now(found.pk)
    found.refresh_from_db()
    return found
