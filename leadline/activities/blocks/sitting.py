"""Sitting down to a block, and getting up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.activities.blocks.moving import move
from leadline.activities.blocks.occurring import Occurrence, occurrence_on
from leadline.activities.models import Block, Sitting
from leadline.history.writing import writing

EARLY = dt.timedelta(minutes=15)  # how long before it begins somebody may sit down to it


def sit_down(block: Block, on_date: dt.date, *, by: By, at: dt.datetime | None = None) -> Sitting:
    """Sit down to what the block has for this day; once, also when two tabs do it at the same time.

    Whoever had got up sits down again to the same one. Raises ValidationError where it does not take place, is still
    to come (`begin_now` brings it forward) or is over, PermissionDenied.
    """
    now = at or timezone.now()
    here = _taking_place(block, on_date)
    _require_time(here, now)
    if here.sitting is None:
        return _first(block, on_date, now, by)
    sitting = here.sitting
    with sitting.changing(by):
        if sitting.ended_at is not None:
            sitting.pauses = [*sitting.pauses, [_said(sitting.ended_at), _said(now)]]
            sitting.ended_at = None
    return sitting


def get_up(sitting: Sitting, *, by: By, at: dt.datetime | None = None) -> Sitting:
    """Get up, at the end of the block at the latest. Twice is once. Raises PermissionDenied."""
    here = occurrence_on(sitting.block, sitting.on_date)
    now = at or timezone.now()
    ends = max(min(now, here.ends_at), sitting.began_at) if here else now
    with sitting.changing(by):
        if sitting.ended_at is None:
            sitting.ended_at, sitting.pauses = ends, _closed(sitting.pauses, ends)
    return sitting


def pause(sitting: Sitting, *, by: By, at: dt.datetime | None = None) -> Sitting:
    """What follows does not count as sat, until `go_on`. Twice is once; who got up already has nothing to pause."""
    with sitting.changing(by):  # as it stands there: another tab may have done the same meanwhile
        if sitting.ended_at is None and not sitting.paused:
            sitting.pauses = [*sitting.pauses, [_said(at or timezone.now()), None]]
    return sitting


def go_on(sitting: Sitting, *, by: By, at: dt.datetime | None = None) -> Sitting:
    """The pause is over. Twice is once."""
    with sitting.changing(by):
        if sitting.ended_at is None and sitting.paused:
            sitting.pauses = _closed(sitting.pauses, at or timezone.now())
    return sitting


def _closed(pauses: list[Any], now: dt.datetime) -> list[Any]:
    return [[begun, ended or max(_said(now), begun)] for begun, ended in pauses]


def _said(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


def begin_now(block: Block, on_date: dt.date, *, by: By, at: dt.datetime | None = None) -> Sitting:
    """Bring forward what the block has for this day, so that it begins now, and sit down to it: one act.

    Raises ValidationError where it does not take place, runs or is over, or another block is in the way.
    """
    now = (at or timezone.now()).replace(second=0, microsecond=0)
    with writing():
        if _taking_place(block, on_date).starts_at > now:
            move(block, on_date, now, by=by)
        return sit_down(block, on_date, by=by, at=at)


def _taking_place(block: Block, on_date: dt.date) -> Occurrence:
    here = occurrence_on(block, on_date)
    if here is None:
        raise ValidationError(_("This block does not take place on that day."))
    return here


def _require_time(here: Occurrence, now: dt.datetime) -> None:
    if now < here.starts_at - EARLY:
        raise ValidationError(_("This block is still to come."))
    if now >= here.ends_at:
        raise ValidationError(_("This block is over."))


def _first(block: Block, on_date: dt.date, now: dt.datetime, by: By) -> Sitting:
    try:
        with writing():
            return Sitting(owner=block.owner, block=block, on_date=on_date, began_at=now).add(by=by)
    except (IntegrityError, ValidationError):
        found: Sitting | None = Sitting.objects.kept().filter(block=block, on_date=on_date).first()
        if found is None:
            raise
        return found
