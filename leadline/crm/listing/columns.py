"""Which fields a list shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leadline.crm.fields import Field

# What a list shows to somebody who has chosen nothing; the first names the record and always stands there.
USUAL = {
    "deal": ("title", "value", "stage", "organization", "owner", "expected_close_on", "next_activity"),
    "lead": ("title", "stage", "person", "organization", "source", "owner", "value", "created_at"),
    "person": ("name", "organization", "job_title", "emails", "phones", "owner", "labels"),
    "organization": ("name", "domain", "industry", "owner", "labels", "created_at"),
    "product": ("name", "code", "unit_price", "active"),
    "activity": ("subject", "type", "due_at", "deal", "person", "owner", "done_at"),
}
USUAL_SORT = {
    "deal": "-value",
    "lead": "-created_at",
    "person": "name",
    "organization": "name",
    "product": "name",
    "activity": "due_at",
}
MOST = 40


def columns_of(kind: str, names: Iterable[str], fields: Mapping[str, Field]) -> list[Field]:
    """The fields of these names, in their order, each once; the usual ones where none of them is there."""
    first = USUAL[kind][0]
    chosen = [name for name in dict.fromkeys(names) if name in fields][:MOST]
    if not chosen:
        chosen = [name for name in USUAL[kind] if name in fields]
    return [fields[first], *(fields[name] for name in chosen if name != first)]
