"""One time of a block elsewhere, or not at all; the others stay where they are."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.activities.blocks.occurring import Occurrence, occurrence_on, occurrences
from leadline.activities.models import Block
from leadline.crm.working_days import DAY

FARTHEST = dt.timedelta(days=366)


def move(block: Block, on_date: dt.date, starts_at: dt.datetime, *, by: By) -> Block:
    """What the plan has for this day begins at `starts_at` (aware) instead; back at its own time it is moved no more.

    Raises ValidationError for a day more than a year away, and where it does not take place, was sat down to, or
    another block is in the way.
    """
    here = _to_come(block, on_date)
    if abs(starts_at.date() - on_date) > FARTHEST:
        raise ValidationError(_("Choose a day within a year of that of the plan."))
    ends_at = starts_at + (here.ends_at - here.starts_at)
    _require_free(here, starts_at, ends_at)
    return _set(block, on_date, starts_at.isoformat(), by=by)


def skip(block: Block, on_date: dt.date, *, by: By) -> Block:
    """What the plan has for this day does not take place. Raises ValidationError as `move`."""
    _to_come(block, on_date)
    return _set(block, on_date, None, by=by)


def as_planned(block: Block, on_date: dt.date, *, by: By) -> Block:
    """Neither moved nor skipped any more."""
    with block.changing(by):
        block.moved = {day: where for day, where in block.moved.items() if day != on_date.isoformat()}
    return block


def _set(block: Block, on_date: dt.date, where: str | None, *, by: By) -> Block:
    with block.changing(by):
        block.moved = {**block.moved, on_date.isoformat(): where}
    return block


def _to_come(block: Block, on_date: dt.date) -> Occurrence:
    here = occurrence_on(block, on_date)
    if here is None:
        raise ValidationError(_("This block does not take place on that day."))
    if here.sitting is not None:
        raise ValidationError(_("Somebody has sat down to this block already."))
    return here


def _require_free(here: Occurrence, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """Raises ValidationError where another block of the same person is at that time."""
    for other in occurrences([here.block.owner_id], starts_at - DAY, ends_at):
        itself = (other.block.pk, other.on_date) == (here.block.pk, here.on_date)
        if not itself and other.ends_at > starts_at:
            raise ValidationError(_("Another block is at that time: %(name)s.") % {"name": other.block.name})
