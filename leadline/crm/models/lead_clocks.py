"""A lead's three clocks, as the log has them: since when its owner has it, when they answered, its last touch (R39).

Verbs set the clocks as they go; they are read from the log only after something was taken back. What counts is what
counts for the response time of the numbers (`insights.facts.first_touches.answers`): an answer is the first touch by
the owner since they got the lead, else since it was created. What is done about the deal that it became is the deal's.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from django.db import models

from leadline.accounts.actors import HUMAN_WAYS, Actor
from leadline.crm.models.clocks import IMPORT, by_hand, changes_of
from leadline.history.models import Change
from leadline.history.recorded import Done
from leadline.history.standing import standing

CHUNK = 500


class LeadTouch(NamedTuple):
    """Somebody (None: nobody known) did something about a lead."""

    lead_id: int
    at: dt.datetime
    by_id: int | None


# Touches by what hangs on leads: notes here, activities above. Each answers for some leads, by id.
LEAD_TOUCHES: list[Callable[[Collection[int]], Iterable[LeadTouch]]] = []
Clocks = tuple[dt.datetime | None, dt.datetime | None, dt.datetime | None]


class LeadClocks(models.Model):
    """The clocks of a lead. They follow from the log and are not in it."""

    owned_since = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_touch_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any]
    owner_id: Any
    created_at: Any
    deleted_at: Any

    class Meta:
        abstract = True

    def touched(self, old: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Before a change is saved: who got it, and whether it is touched."""
        if not old:
            self.owned_since = self.created_at if self.owner_id else None
            return
        if "owner_id" in old:
            self.owned_since, self.answered_at = (when if self.owner_id else None), None
        if touches_lead(old, doer.user is not None, doer.via) and not _trashes(old, self.deleted_at):
            self.last_touch_at = max(self.last_touch_at or when, when)
            if doer.id and doer.id == self.owner_id and self.owned_since and self.owned_since <= when:
                self.answered_at = min(self.answered_at or when, when)

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """What was taken back sets the clocks back, and so does another day of creation."""
        cls.wind_clocks(part.record.pk for part in done if part.undoing or "created_at" in part.old)

    @classmethod
    def touch(cls, lead_id: int, when: dt.datetime, by_id: int | None) -> None:
        """Something on the lead touched it, by this person; for what hangs on leads."""
        lead = cls.objects.filter(pk=lead_id)
        lead.filter(models.Q(last_touch_at__lt=when) | models.Q(last_touch_at=None)).update(last_touch_at=when)
        if by_id:
            answered = lead.filter(owner_id=by_id, owned_since__lte=when)
            answered.filter(models.Q(answered_at__gt=when) | models.Q(answered_at=None)).update(answered_at=when)

    @classmethod
    def wind_clocks(cls, lead_ids: Iterable[int | None]) -> None:
        """Set the clocks of these leads to what the log says: after something on them was taken back."""
        wanted = sorted({pk for pk in lead_ids if pk})
        for start in range(0, len(wanted), CHUNK):
            leads = list(cls.objects.filter(pk__in=wanted[start : start + CHUNK]))
            clocks = read_lead_clocks(leads)
            for lead in leads:
                lead.owned_since, lead.answered_at, lead.last_touch_at = clocks[lead.pk]
            cls.objects.bulk_update(leads, ["owned_since", "answered_at", "last_touch_at"], batch_size=200)


def touches_lead(old: Collection[str], known: bool, via: str) -> bool:
    """Whether a change of a lead touches it (R3): by a person's hand, or an imported step of its qualification."""
    return (known and via in HUMAN_WAYS) or (via == IMPORT and "stage" in old)


def read_lead_clocks(leads: Collection[Any]) -> dict[int, Clocks]:
    """(owned since, answered, last touch) of leads, from the log; None where it knows none."""
    ids = sorted(lead.pk for lead in leads)
    logs = {pk: standing(changes) for pk, changes in changes_of("lead", ids).items()}
    touched: dict[int, list[LeadTouch]] = defaultdict(list)
    for pk, changes in logs.items():
        touched[pk] += [LeadTouch(pk, change.occurred_at, change.by_id) for change in changes if _touches(change)]
    for touches in LEAD_TOUCHES:
        for touch in touches(ids):
            touched[touch.lead_id].append(touch)
    return {lead.pk: _clocks(lead, logs.get(lead.pk, []), touched[lead.pk]) for lead in leads}


def _clocks(lead: Any, changes: list[Change], touches: list[LeadTouch]) -> Clocks:
    since = None
    if lead.owner_id:
        given = [c.occurred_at for c in changes if "owner_id" in c.old and c.new.get("owner_id") == lead.owner_id]
        since = max(given, default=lead.created_at)
    answers = [touch.at for touch in touches if since and touch.by_id == lead.owner_id and touch.at >= since]
    return since, min(answers, default=None), max((touch.at for touch in touches), default=None)


def _touches(change: Change) -> bool:
    changed = change.verb == Change.CHANGE
    return changed and (by_hand(change) or touches_lead(change.old, change.by_id is not None, change.via))


def _trashes(old: Mapping[str, Any], deleted_at: dt.datetime | None) -> bool:
    return "deleted_at" in old and deleted_at is not None
