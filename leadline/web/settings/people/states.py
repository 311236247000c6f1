"""Whether somebody signs in: here, invited, gone, or known by name only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import Invitation, User


class State(TextChoices):
    """How somebody stands to the door."""

    HERE = "here", _("Signs in")
    INVITED = "invited", _("Invited")
    GONE = "gone", _("Signs in no more")
    KNOWN = "known", _("Known by name")


def state_of(person: User, invited: Iterable[int]) -> State:
    """`invited`: the ids of those who have a link that still works."""
    if person.is_active:
        return State.HERE
    if person.pk in invited:
        return State.INVITED
    left = person.left_on is not None and person.left_on <= timezone.localdate()
    return State.GONE if left or person.has_usable_password() else State.KNOWN


def open_links() -> dict[int, dt.datetime]:
    """Until when each person's link works."""
    rows = Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now(), user__isnull=False)
    return dict(rows.values_list("user_id", "expires_at"))
