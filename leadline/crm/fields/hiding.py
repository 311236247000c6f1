"""Which of the records that others link to are hidden from a reader. Where everything is open nothing is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
from leadline.history.registry import model_of


def hidden_among(user: User, kind: str, ids: Iterable[int | None]) -> frozenset[int]:
    """Those of these records that the user may not see."""
    if not seen_by(user, kind):
        return frozenset()
    wanted = frozenset(pk for pk in ids if pk is not None)
    seen = model_of(kind).objects.visible_to(user).filter(pk__in=wanted) if wanted else None
    return wanted - set(seen.values_list("pk", flat=True)) if seen is not None else wanted


def seen_rows(user: User, kind: str) -> Any:
    """The ids of the records that the user may see, as a question within another; None where that is all of them."""
    return model_of(kind).objects.visible_to(user).order_by().values("pk") if seen_by(user, kind) else None


def link_seen(user: User, kind: str, attname: str) -> Q | None:
    """Whether the record that a column links to is seen; None where all of them are."""
    rows = seen_rows(user, kind)
    return None if rows is None else Q(**{f"{attname}__in": rows})
