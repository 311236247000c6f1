"""When an activity is due: on a day, or at a time of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.activities.zones import end_of_day, zone_of

MOST_MINUTES = 24 * 60


def check_minutes(minutes: int | None) -> None:
    """Raises ValidationError for what takes no time, or more than a day."""
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise ValidationError({"minutes": _("Choose 1 to %(most)d minutes.") % {"most": MOST_MINUTES}})


def settle_due(activity: Any, before: Mapping[str, Any]) -> None:
    """`due_on` and `due_at` follow whichever of them was set; `before` is empty for a new activity.

    A day alone is due at its end, by the clock of its owner; a time alone is on no day alone.
    """
    changed = {name for name in ("due_on", "due_at", "owner_id") if getattr(activity, name) != before.get(name)}
    if activity.due_on and changed & {"due_on"}:
        activity.due_at = end_of_day(activity.due_on, zone_of(activity.owner))
    elif "due_at" in changed:
        activity.due_on = None
    elif "due_on" in changed:  # the day was taken away, and with it the time that followed from it
        activity.due_at = None
    elif activity.due_on and "owner_id" in changed:
        activity.due_at = end_of_day(activity.due_on, zone_of(activity.owner))
