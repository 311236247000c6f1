"""What a person may see, as a part of a query on the index."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q
from django.db.models.expressions import RawSQL

from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
from leadline.crm.searching.models import KINDS
from leadline.history.registry import model_of

GUARDS = {"note": ("deal", "lead", "person", "organization"), "activity": ("deal", "lead", "activity")}
PARTIES = {"deal": ("organization", "person"), "lead": ("organization", "person"), "person": ("organization",)}


@dataclass(frozen=True)
class Seen:
    """The part of a query that leaves only what a person may see, of one kind.

    `parties` is the same for records all of whose parties they see too; None where they see all parties there are.
    """

    kind: str
    sql: str = ""
    values: tuple[Any, ...] = ()
    parties: Seen | None = None

    @property
    def place(self) -> int:
        return KINDS.index(self.kind)


def seen(user: User, kind: str) -> Seen:
    """Nothing to add where they see all of the kind; else a look at the row of each document that is met."""
    model = model_of(kind)
    shut = any(not _sees_all(user, guard) for guard in GUARDS.get(kind, (kind,)))
    hidden = [party for party in PARTIES.get(kind, ()) if not _sees_all(user, party)]
    here = _exists(kind, model.objects.visible_to(user)) if shut else Seen(kind)
    if not hidden:
        return here
    rows = model.objects.visible_to(user)
    for party in hidden:
        rows = rows.filter(Q(**{party: None}) | Q(**{f"{party}__in": model_of(party).objects.visible_to(user)}))
    return replace(here, parties=_exists(kind, rows))


def _sees_all(user: User, kind: str) -> bool:
    return user.is_active and not seen_by(user, kind)


def _exists(kind: str, rows: Any) -> Seen:
    try:
        sql, values = rows.filter(pk=RawSQL("d.record_id", ())).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing at all, as Django finds without asking
        return Seen(kind, " AND FALSE")
    return Seen(kind, f" AND EXISTS ({sql})", tuple(values))
