"""Records by their name: those that the reader may see, also from the trash."""

from __future__ import annotations

from typing import Any

from leadline.accounts.models import User
from leadline.web.wording.fields import model_of
from leadline.web.wording.kinds import kinds
from leadline.web.wording.naming import named_like

MOST = 300  # records of one kind that a name may mean
# Long tables whose names are seldom remembered: searched when the kind is chosen.
ONLY_BY_KIND = frozenset({"activity", "note", "file", "deal_product", "participant", "visibility", "rate"})


def records_called(text: str, kind: str, reader: User) -> dict[str, set[int]]:
    """By kind, the ids of records whose name holds the text, whatever its case."""
    searched = [kind] if kind else [one for one in kinds() if one not in ONLY_BY_KIND]
    found = {one: _ids(one, text, reader) for one in searched}
    return {one: ids for one, ids in found.items() if ids}


def _ids(kind: str, text: str, reader: User) -> set[int]:
    model = model_of(kind)
    if model is None:
        return set()
    rows: Any = model._default_manager.filter(named_like(kind, text))
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(reader)
    return set(rows.order_by("-pk").values_list("pk", flat=True)[:MOST])
