"""What the account page shows of absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from leadline.accounts.models import Role, User
from leadline.crm.models import Absence
from leadline.crm.models.personal import people_led
from leadline.crm.wall_clock import zone_of

NOTHING: Mapping[str, Any] = {}
MOST = 100


def absences(
    reader: User, typed: Mapping[str, str] = NOTHING, errors: Mapping[str, list[str]] = NOTHING
) -> dict[str, Any]:
    """Those that are not over, of the reader and of whom they lead; what was `typed` and refused beside them."""
    today: dt.date = timezone.now().astimezone(zone_of(reader)).date()
    rows = Absence.objects.visible_to(reader).kept().filter(end_on__gte=today - dt.timedelta(days=1))
    return {
        "absences": list(rows.select_related("owner", "stand_in")[:MOST]),
        "absent_led": list(people_led(reader)),
        "absence_today": today,
        "stand_ins": User.objects.who_may_own().exclude(role=Role.READER),
        "absence_typed": typed,
        "absence_errors": [text for texts in errors.values() for text in texts],
    }
