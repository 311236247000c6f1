"""What is sent again because no answer came is done once: its act has the number that its mark gives."""

from __future__ import annotations

import uuid
from dataclasses import replace

from leadline.accounts.actors import Actor
from leadline.history.models import Change

_SENT = uuid.UUID("5b0f4a53-4c2e-5d0b-9a35-0d7f6f4b8c11")


def marked(by: Actor, mark: str) -> Actor:
    """The same actor in the act of this mark: the same whenever it is sent."""
    return replace(by, act=uuid.uuid5(_SENT, mark))


def known(by: Actor, entity: str) -> int | None:
    """The record of this kind that the act was about first, also where it has been taken back since; None: never done.

    Ask while what is sent twice at once waits on a lock.
    """
    first = Change.objects.filter(act=by.act, entity=entity).order_by("id")
    return first.values_list("record_id", flat=True).first() if by.act else None
