"""Who takes part in a deal, as far as the reader sees them."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.crm.models import Deal, Participant, Person


@dataclass(frozen=True)
class People:
    """`contact` is the main one; `others` take part with a role. People that the reader may not see are left out."""

    deal: Deal
    contact: Person | None
    others: list[Participant]
    may_change: bool


def people_of(reader: User, deal: Deal) -> People:
    """Of a deal that the reader has been allowed to see."""
    rows = list(Participant.objects.kept().filter(deal=deal).order_by("pk"))
    wanted = {row.person_id for row in rows} | {deal.person_id}
    seen = Person.objects.visible_to(reader).in_bulk(pk for pk in wanted if pk is not None)
    for row in rows:
        if row.person_id in seen:
            row.person = seen[row.person_id]
    others = list({row.person_id: row for row in rows if row.person_id in seen}.values())  # merged people stand once
    changes = may(reader, "change", deal) and deal.deleted_at is None
    return People(deal, seen.get(deal.person_id), others, changes)
