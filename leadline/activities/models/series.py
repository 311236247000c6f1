"""What keeps a series in order: one occurrence of it is there to be done at a time, and doing it makes the next one.

What is said of an occurrence alone is kept apart (`here_alone`), so that the next one is as the series has it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.activities import recurring
from leadline.activities.zones import zone_of
from leadline.history.models import Change
from leadline.history.recorded import Done
from leadline.history.values import filled, plain

ALONE = ("subject", "note", "minutes", "priority", "place", "remind_before")  # may differ for one occurrence
CARRIED = (
    "type_id", "owner_id", "deal_id", "lead_id", "person_id", "organization_id", "participant_ids", "colleague_ids",
    "repeats", "series",
)  # fmt: skip


def settle(activity: Any, before: Mapping[str, Any]) -> None:
    """Fields of a series follow from its rule, and from what was changed for one occurrence or for all."""
    if activity.repeats != before.get("repeats", ""):
        activity.repeats = recurring.checked(activity.repeats)
    if not activity.repeats:
        activity.slot, activity.here_alone = "", {}
    elif activity.due_at is None:
        raise ValidationError({"repeats": _("Say when it is due the first time.")})
    elif activity.repeats != before.get("repeats", "") and recurring.ends_before(activity.repeats, _day_of(activity)):
        told = _("The last day is before the first. Choose a later one, or leave it out.")
        raise ValidationError({"repeats": told})
    elif not (before.get("repeats") or activity.slot):
        _begin(activity)
    elif activity.meant == "all":
        _change_all(activity, before)
    elif activity.meant == "alone" and not activity.done_at:
        _change_alone(activity, before)
    if activity.series and activity.deleted_at is None:
        _check_alone_in_its_place(activity, before)


def _day_of(activity: Any) -> dt.date:
    """The day it is due on, by the clock of its owner."""
    on: dt.date = activity.due_on or activity.due_at.astimezone(zone_of(activity.owner)).date()
    return on


def _begin(activity: Any) -> None:
    activity.series, activity.occurrence = activity.series or uuid.uuid4().hex, activity.occurrence or 1
    activity.slot = recurring.slot_of(activity.due_at, activity.due_on, zone_of(activity.owner))


def _change_alone(activity: Any, before: Mapping[str, Any]) -> None:
    usual = {name: activity.here_alone.get(name, before[name]) for name in ALONE}
    edited = activity.here_alone.keys() | {name for name in ALONE if getattr(activity, name) != before[name]}
    activity.here_alone = {
        name: usual[name] for name in ALONE if name in edited and getattr(activity, name) != usual[name]
    }


def _change_all(activity: Any, before: Mapping[str, Any]) -> None:
    activity.here_alone = {
        name: usual for name, usual in activity.here_alone.items() if getattr(activity, name) == before[name]
    }
    if (activity.due_at, activity.due_on) != (before["due_at"], before["due_on"]):
        old, activity.slot = activity.slot, recurring.slot_of(activity.due_at, activity.due_on, zone_of(activity.owner))
        if activity.repeats == before["repeats"]:
            days = (dt.datetime.fromisoformat(slot).date() for slot in (old, activity.slot))
            activity.repeats = recurring.checked(recurring.moved(activity.repeats, *days))


def _check_alone_in_its_place(activity: Any, before: Mapping[str, Any]) -> None:
    came_back = before.get("deleted_at") is not None or activity.occurrence != before.get("occurrence")
    if came_back and _others(activity).filter(occurrence=activity.occurrence, deleted_at=None).exists():
        raise ValidationError({"repeats": _("This occurrence of the series is there already.")})


def to_next(activity: Any) -> None:
    """The activity as the next occurrence of its series."""
    slot, occurrence = coming(activity)
    for name, value in activity.here_alone.items():
        setattr(activity, name, value)
    activity.slot, activity.occurrence, activity.here_alone = slot, occurrence, {}
    activity.due_at, activity.due_on = recurring.due_in(slot, zone_of(activity.owner))


def go_on(done: Sequence[Done]) -> None:
    """What was completed makes the next of its series; what was reopened takes it back, unless somebody has changed it.

    Whichever way it happened: by a verb, by undoing, by undoing that. Made by Leadline, in the same act.
    """
    for part in done:
        activity = part.record
        if not activity.series or ("done_at" not in part.old and part.old):
            continue
        if not activity.done_at:
            _take_back_next(activity, _leadline(part))
        elif activity.repeats and activity.deleted_at is None:
            _make_next(activity, _leadline(part))


def _make_next(activity: Any, doer: Actor) -> None:
    slot, occurrence = coming(activity, activity.done_at)
    if not slot or later(activity).exists():
        return
    due_at, due_on = recurring.due_in(slot, zone_of(activity.owner))
    values = {name: getattr(activity, name) for name in (*CARRIED, *ALONE)} | activity.here_alone
    values |= {"slot": slot, "occurrence": occurrence, "due_at": due_at, "due_on": due_on}
    thrown_away = _others(activity).filter(occurrence=occurrence).order_by("-pk").first()
    if thrown_away is None:
        type(activity)(**values).add(by=doer)
        return
    with thrown_away.changing(doer):
        for name, value in (values | {"deleted_at": None, "done_at": None, "outcome": "", "here_alone": {}}).items():
            setattr(thrown_away, name, value)


def _take_back_next(activity: Any, doer: Actor) -> None:
    for row in later(activity).filter(done_at=None):
        made = Change.objects.filter(entity=row.ENTITY, record_id=row.pk, via=doer.via, by_id=None).last()
        if made and made.new == filled({name: plain(value) for name, value in row.snapshot().items()}):
            row.trash(by=doer)


def coming(activity: Any, done_at: dt.datetime | None = None) -> tuple[str, int]:
    """(slot, number) of the next occurrence: what was over before this one was done is left out. ("", n): none."""
    slot, occurrence, zone = activity.slot, activity.occurrence, zone_of(activity.owner)
    while slot := recurring.next_slot(activity.repeats, slot, occurrence):
        occurrence += 1
        if done_at is None or recurring.due_in(slot, zone)[0] > done_at:
            break
    return slot, occurrence


def _others(activity: Any) -> Any:
    return type(activity)._base_manager.filter(series=activity.series).exclude(pk=activity.pk)


def later(activity: Any) -> Any:
    """The occurrences of its series that come after it and are there."""
    return _others(activity).filter(occurrence__gt=activity.occurrence, deleted_at=None)


def _leadline(part: Done) -> Actor:
    return Actor(user=None, via="rule", act=part.act)
