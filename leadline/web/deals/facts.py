"""Which of a deal's fields stand among its facts: those that say something of it as it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from leadline.crm.fields import Field
from leadline.crm.models import Deal, Status, base_currency

# On top of the page, in the stage bar, or told in a sentence.
ON_TOP = frozenset({"title", "value", "currency", "stage", "status", "stage_entered_at", "labels", "fit"})
ONLY_WHEN = {
    "closed_at": (Status.WON, Status.LOST),
    "lost_reason": (Status.LOST,),
    "lost_note": (Status.LOST,),
    "revisit_on": (Status.LOST,),
    "come_back_on": (Status.NURTURE,),
    "come_back_event": (Status.NURTURE,),
    "parked_reason": (Status.NURTURE,),
}


def facts_of(deal: Deal, fields: Iterable[Field], currencies: Collection[str] = ()) -> list[Field]:
    """In the order in which fields are read. Of `currencies` in use; where there is one only, nobody asks which."""
    hidden = ON_TOP - {"currency"} if {*currencies, deal.currency} - {""} > {base_currency()} else ON_TOP
    return [
        field
        for field in fields
        if field.name not in hidden and (field.name not in ONLY_WHEN or deal.status in ONLY_WHEN[field.name])
    ]
