"""Conditions that the company keeps (who gets a lead, who fits): filters, asked by nobody in particular."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.models import Role, User
from leadline.crm import filtering
from leadline.crm.fields import Linked
from leadline.crm.filtering import Asker, Filter
from leadline.history.registry import model_of

AT_ONCE = 500
NOBODY = frozenset({"me", "mine"})  # who asks: these are asked by nobody


def asker(now: dt.datetime | None = None) -> Asker:
    """Leadline itself, which sees everything. No row: only what decides on seeing is looked at."""
    everything = User(role=Role.ADMINISTRATOR, is_active=True)
    return Asker(everything, Linked(everything), now or timezone.now())


def read(kind: str, query: str, now: dt.datetime | None = None) -> Filter:
    """The filter. Raises ValidationError where something of it cannot be understood.

    With a part left out it would hold for more than was meant.
    """
    asking = asker(now)
    found = filtering.read(kind, query, asking.user, asking)
    problems = list(found.problems)
    problems += [
        _("%(word)s: nobody asks here, so name the person or the team.") % {"word": condition.word}
        for condition in found.conditions
        if NOBODY & set(condition.text.removeprefix("!").split(","))
    ]
    if problems:
        raise ValidationError({"query": problems})
    return found


def met(kind: str, query: str, ids: Collection[int], now: dt.datetime | None = None) -> set[int]:
    """Those of the records that meet the condition now; what is in the trash does not. Raises ValidationError."""
    condition, found, wanted = read(kind, query, now), set[int](), sorted(set(ids))
    rows = model_of(kind).objects
    for start in range(0, len(wanted), AT_ONCE):
        some = rows.filter(pk__in=wanted[start : start + AT_ONCE])
        found |= set(condition.apply(some).order_by().values_list("pk", flat=True))
    return found
