"""Somebody leaves, or changes seats: what they were working on gets another owner, all of it in one act."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.accounts.permissions import require
from leadline.crm.models import HandOff
from leadline.history.bulk import change_each
from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models
from leadline.history.writing import writing

# What is still to be worked on. What was won, lost or done stays with whoever did it: numbers tell of it.
PENDING = {
    "deal": models.Q(status__in=("open", "nurture")),
    "lead": models.Q(status__in=("open", "nurture")),
    "activity": models.Q(done_at=None),
}


def owned(user: User) -> dict[str, int]:
    """How many records of each kind somebody would hand over; kinds that have none are left out."""
    counted = {kind: _pending(model, user).count() for kind, model in _kinds().items()}
    counted[HandOff.ENTITY] = _offered(user).count()
    return {kind: count for kind, count in counted.items() if count}


def hand_over(user: User, to: User, *, by: By, kinds: Collection[str] | None = None) -> dict[str, int]:
    """What is pending of `user` is owned by `to` from now on; returns how many records of each kind that changed.

    For administrators. It touches nothing (R3): nobody looked at the single record. Raises ValidationError for somebody
    who cannot take it, PermissionDenied.
    """
    doer = actor(by).together()
    require(doer, "change", user)
    if to.pk == user.pk or not to.may_own:
        raise ValidationError({"to": _("Choose somebody else, who has not left.")})

    def take(record: Any) -> None:
        record.owner = to

    def answer(hand_off: Any) -> None:
        hand_off.taker, hand_off.taker_role = to, to.sales_role

    changed = {}
    with writing():
        for kind, model in _kinds().items():
            if kinds is None or kind in kinds:
                changed[kind] = change_each(_pending(model, user), take, by=doer.by_rule())
        if kinds is None or HandOff.ENTITY in kinds:
            changed[HandOff.ENTITY] = change_each(_offered(user).exclude(giver=to), answer, by=doer.by_rule())
    return {kind: count for kind, count in changed.items() if count}


def _offered(user: User) -> models.QuerySet[Any]:
    """What was handed to them and waits for an answer, which somebody else has to give."""
    rows: models.QuerySet[Any] = HandOff.objects.waiting().filter(taker=user)
    return rows


def _kinds() -> dict[str, type[Recorded]]:
    models_ = recorded_models().items()
    return {kind: model for kind, model in models_ if "owner_id" in model.TRACKED and not model.PERSONAL}


def _pending(model: type[Recorded], user: User) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model.objects.kept().filter(PENDING.get(model.ENTITY, models.Q()), owner=user)
    return rows
