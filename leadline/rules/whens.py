"""What can set a rule off, by kind of record."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class When(models.TextChoices):
    """What sets a rule off."""

    ADDED = "added", _("is added")
    ENTERED = "entered", _("enters a stage")
    CHANGED = "changed", _("gets a value")
    WON = "won", _("is won")
    LOST = "lost", _("is lost")
    IDLE = "idle", _("is idle for some days")
    NEAR = "near", _("has a date coming near")
    DONE = "done", _("has an activity done")


TIMED = frozenset({When.IDLE, When.NEAR})  # set off by the clock, everything else by the log
_CONTACTS = (When.ADDED, When.CHANGED, When.NEAR, When.DONE)
KINDS: Mapping[str, tuple[When, ...]] = {
    "deal": tuple(When),
    "lead": (When.ADDED, When.ENTERED, When.CHANGED, When.IDLE, When.NEAR, When.DONE),
    "person": _CONTACTS,
    "organization": _CONTACTS,
}
