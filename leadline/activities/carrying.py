"""Participants when contacts become one, or ask to be forgotten: they stand in lists, which no link follows."""

from __future__ import annotations

from typing import Any

from leadline.accounts.actors import Actor
from leadline.activities.models import Activity
from leadline.crm.models import Person
from leadline.crm.models.finding import ListHolds
from leadline.history.bulk import change_each
from leadline.history.recorded import Recorded


def carry(old: Recorded, new: Recorded, doer: Actor) -> int:
    """Where one contact took part the other does; returns how many activities that changed."""
    return _replace(old, {new.pk}, doer) if isinstance(old, Person) else 0


def forget(person: Person, doer: Actor) -> int:
    """Nobody takes part any more who has been forgotten."""
    return _replace(person, set(), doer)


def _replace(person: Recorded, by: set[int], doer: Actor) -> int:
    def change(activity: Any) -> None:
        activity.participant_ids = sorted({*activity.participant_ids} - {person.pk} | by)

    return change_each(Activity.objects.filter(ListHolds("participant_ids", person.pk)), change, by=doer.by_rule())
