"""Setting up a block, changing it from a day on, and ending it: what has been stays what it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.activities.blocks.clock import zone_named, zone_of
from leadline.activities.models import Block, Sitting
from leadline.crm.working_days import DAY
from leadline.history.writing import writing

WEEK = dt.timedelta(days=7)


def set_up(owner: User, *, by: By, **values: Any) -> Block:
    """A new block of somebody, on their clock and from today on unless said otherwise.

    Raises ValidationError, PermissionDenied.
    """
    return Block(**defaults(owner) | {"owner": owner} | values).add(by=by)


def defaults(owner: User) -> dict[str, Any]:
    """What a block has where nobody says."""
    zone = zone_of(owner)
    return {"zone": zone.key, "start_on": timezone.now().astimezone(zone).date()}


def change_from(block: Block, day: dt.date, *, by: By, **values: Any) -> Block:
    """As `values` say from this day on: the old one ends the day before and a new one begins, in one act.

    Gives the one that holds from then on, which is the same where nothing of it has been. Raises ValidationError for a
    day before today and for one that somebody has sat down on, PermissionDenied.
    """
    _require_open(block, day)
    new = {name: value for name, value in values.items() if value != getattr(block, name)}
    if not new:
        return block
    if day <= block.start_on:
        return block.edit(by=by, **new)
    doer = actor(by).together()
    with writing():
        moved = {on: where for on, where in block.moved.items() if on >= day.isoformat()}
        carried = {name: getattr(block, name) for name in Block.EDITABLE} | {"moved": moved} | new
        begins = _in_step(block, day) if carried["every_weeks"] == block.every_weeks else day
        kept = {on: where for on, where in block.moved.items() if on < day.isoformat()}
        block.edit(by=doer, end_on=day - DAY, moved=kept)
        return Block(owner=block.owner, **carried | {"start_on": max(begins, new.get("start_on", begins))}).add(by=doer)


def end_from(block: Block, day: dt.date, *, by: By) -> Block:
    """From this day on it does not take place any more; what has never been is deleted. Raises as `change_from`."""
    _require_open(block, day)
    return block.trash(by=by) if day <= block.start_on else block.edit(by=by, end_on=day - DAY)


def _in_step(block: Block, day: dt.date) -> dt.date:
    """The first day from this one on in a week in which the block takes place, so that these stay the same."""
    monday = block.start_on - DAY * block.start_on.weekday()
    while ((day - DAY * day.weekday()) - monday) // WEEK % max(block.every_weeks, 1):
        day += WEEK - DAY * day.weekday()
    return day


def _require_open(block: Block, day: dt.date) -> None:
    today = timezone.now().astimezone(zone_named(block.zone)).date()
    if day < today:
        raise ValidationError({"from_day": _("What has been stays as it was. Choose today or a later day.")})
    if Sitting.objects.kept().filter(block=block, on_date__gte=day).exists():
        raise ValidationError({"from_day": _("Somebody has sat down to this block on that day. Choose the day after.")})
