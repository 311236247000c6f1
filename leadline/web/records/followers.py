"""The followers of a record."""

from __future__ import annotations

from typing import Any

from leadline.accounts.models import User
from leadline.crm.models import Follow


def following(reader: User, record: Any) -> dict[str, Any]:
    """Whether the reader follows the record, and who else does; what `following/_follow.html` draws."""
    rows = Follow.objects.filter(kind=record.ENTITY, record_id=record.pk, user__is_active=True)
    people = [row.user for row in rows.select_related("user").order_by("since", "pk")]
    return {"followers": people, "follows": reader in people}


def follow(user: User, record: Any, on: bool) -> None:
    """Begin or end to follow; twice is once."""
    which = {"user": user, "kind": record.ENTITY, "record_id": record.pk}
    if on:
        Follow.objects.get_or_create(**which)
    else:
        Follow.objects.filter(**which).delete()
