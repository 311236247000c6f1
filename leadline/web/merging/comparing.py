"""Two records side by side, field by field, with what the merged one will hold (as `crm.merging` does it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leadline.crm.fields import Field, FieldKind, fields_of
from leadline.history.values import EMPTY

UNITED = (FieldKind.ADDRESSES, FieldKind.LABELS)
WITH_VALUE = ("value", "currency")  # the currency goes with the value


FOLLOWS = "fit"  # is worked out anew from what the two come to


@dataclass(frozen=True)
class Compared:
    """One field; `kept` is "survivor", "loser" or "both"."""

    field: Field
    kept: str


def compare(survivor: Any, loser: Any) -> list[Compared]:
    """The fields in which either holds something, in their order."""
    fields = [field for field in fields_of(survivor.ENTITY).values() if field.load is None and field.name != FOLLOWS]
    rows = [Compared(field, _kept(field, survivor, loser)) for field in fields]
    return [row for row in rows if not (_empty(row.field, survivor) and _empty(row.field, loser))]


def _kept(field: Field, survivor: Any, loser: Any) -> str:
    if field.kind in UNITED and not _empty(field, survivor) and not _empty(field, loser):
        return "both"
    if field.name in WITH_VALUE and survivor.ENTITY == "deal":
        return "survivor" if survivor.value is not None else "loser"
    taken = field.custom is not None or field.attname in (*survivor.OWN, "owner_id", "created_at", "label_ids")
    return "loser" if taken and _empty(field, survivor) else "survivor"


def _empty(field: Field, record: Any) -> bool:
    return field.raw(record) in EMPTY
