"""A digest as it was kept, without what its reader may see no more."""

from __future__ import annotations

from typing import Any

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Lead, Organization, Person

KINDS: dict[str, Any] = {
    "activity": Activity, "deal": Deal, "lead": Lead, "person": Person, "organization": Organization,
}  # fmt: skip


def still_seen(parts: list[dict[str, Any]], user: User) -> list[dict[str, Any]]:
    """The parts, without lines that name a record which has gone or was closed to this reader since."""
    wanted: dict[str, set[int]] = {}
    for part in parts:
        for line in part["lines"]:
            if line["kind"] in KINDS:
                wanted.setdefault(line["kind"], set()).add(line["pk"])
    seen = {
        kind: set(KINDS[kind].objects.visible_to(user).kept().filter(pk__in=ids).values_list("pk", flat=True))
        for kind, ids in wanted.items()
    }
    return [
        {
            **part,
            "lines": [line for line in part["lines"] if line["kind"] not in seen or line["pk"] in seen[line["kind"]]],
        }
        for part in parts
    ]
