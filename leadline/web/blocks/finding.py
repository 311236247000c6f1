"""The block and the day that an address names, as far as the person may see them."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest

from leadline.accounts.models import User
from leadline.activities.blocks.occurring import Occurrence, occurrence_on
from leadline.activities.models import Block, Sitting
from leadline.web.frame.doing import reader_of


def block_of(request: HttpRequest, pk: int) -> Block:
    """A block of the reader, or of somebody they lead. Raises Http404."""
    rows = Block.objects.visible_to(reader_of(request)).kept().select_related("owner")
    found: Block | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def day_of(text: str) -> dt.date:
    """A day of an address. Raises Http404 for what is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def occurrence_of(request: HttpRequest, pk: int, day: str) -> Occurrence:
    """What one of the reader's own blocks has for a day: nobody sits down in another's place. Raises Http404."""
    block = block_of(request, pk)
    found = occurrence_on(block, day_of(day)) if mine(block, reader_of(request)) else None
    if found is None:
        raise Http404
    return found


def sitting_of(request: HttpRequest, pk: int, day: str) -> tuple[Occurrence, Sitting]:
    """The same where they have sat down. Raises Http404."""
    here = occurrence_of(request, pk, day)
    if here.sitting is None:
        raise Http404
    return here, here.sitting


def mine(block: Block, user: User) -> bool:
    return block.owner_id == user.pk
