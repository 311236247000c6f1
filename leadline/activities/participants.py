"""Who takes part in an activity: contacts of the company, and colleagues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.accounts.permissions import visible
from leadline.crm.models import Person
from leadline.history.recorded import Done

MOST = 200


def check(activity: Any, before: Mapping[str, Any], doer: Actor) -> None:
    """Both lists sorted, each one once; the owner takes part anyway. Raises ValidationError for whom one cannot see."""
    activity.participant_ids = _ids("participant_ids", activity.participant_ids)
    activity.colleague_ids = [pk for pk in _ids("colleague_ids", activity.colleague_ids) if pk != activity.owner_id]
    _known("participant_ids", activity.participant_ids, before, visible(Person._base_manager.all(), doer))
    _known("colleague_ids", activity.colleague_ids, before, User.objects.all())


def attend(attendances: Any, done: Sequence[Done]) -> None:
    """The rows of `Attendance` are what the lists say, whichever way these were changed."""
    for part in done:
        activity = part.record
        if "colleague_ids" in part.old or (not part.old and activity.colleague_ids):
            rows = attendances.objects.filter(activity=activity)
            rows.exclude(user__in=activity.colleague_ids).delete()
            there = set(rows.values_list("user_id", flat=True))
            attendances.objects.bulk_create(
                attendances(activity_id=activity.pk, user_id=pk) for pk in activity.colleague_ids if pk not in there
            )


def _ids(name: str, ids: Any) -> list[int]:
    if not isinstance(ids, list) or not all(type(pk) is int for pk in ids) or len(ids) > MOST:
        raise ValidationError({name: _("People are named by their numbers, at most %(most)d.") % {"most": MOST}})
    return sorted(set(ids))


def _known(name: str, ids: list[int], before: Mapping[str, Any], rows: Any) -> None:
    new = set(ids) - set(before.get(name) or ())
    missing = new - set(rows.filter(pk__in=new).values_list("pk", flat=True)) if new else ()
    if missing:
        raise ValidationError({name: _("There is none with the number %(value)s.") % {"value": min(missing)}})
