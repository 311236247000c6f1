"""Where records point at each other: for deeds that carry over everything that hangs on one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from leadline.accounts.actors import Actor
from leadline.crm.models import CustomField
from leadline.history.bulk import change_each
from leadline.history.recorded import Recorded
from leadline.history.registry import model_of, recorded_models

# What floors above keep in lists, which no link tells of: each carries over from one record to the other.
CARRY: list[Callable[[Recorded, Recorded, Actor], int]] = []


def links_to(model: type[Recorded]) -> Iterator[tuple[type[Recorded], str]]:
    """(model, field name) of every tracked link to this kind of record, also from the floors above."""
    for other in recorded_models().values():
        for field in other._meta.fields:
            if field.related_model is model and field.attname in other.TRACKED and field.name != "merged_into":
                yield other, field.name


def carry_over(old: Recorded, new: Recorded, doer: Actor) -> int:
    """Everything that points at `old` points at `new`, own fields too; returns how many records that changed."""
    changed = 0
    for model, name in links_to(type(old)):

        def point(record: Recorded, name: str = name) -> None:
            setattr(record, name, new)

        changed += change_each(model.objects.filter(**{name: old}), point, by=doer.by_rule())
    for field in CustomField.objects.filter(kind=old.ENTITY):
        bearers: Any = model_of(field.entity).objects

        def hold(record: Any, key: str = field.key) -> None:
            record.custom = record.custom | {key: new.pk}

        changed += change_each(bearers.own(field, old.pk), hold, by=doer.by_rule())
    return changed + sum(carry(old, new, doer) for carry in CARRY)
