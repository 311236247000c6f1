"""The entries of a page as its template draws them: words, links, and whether they can be taken back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.history.models import Change
from leadline.history.recorded import Recorded
from leadline.history.standing import undone_among
from leadline.web.frame.navigation import address
from leadline.web.frame.places import address_of
from leadline.web.settings.reach import changeable
from leadline.web.wording.fields import model_of
from leadline.web.wording.telling import Told, tell

LATE = dt.timedelta(minutes=1)  # between when something happened and when it was written down, before that is said
LISTS = {"team": "teams", "visibility": "visibility", "stage": "pipelines", "pipeline": "pipelines"}
SINGLE = ("deal", "lead", "person", "organization", "product")  # what other records hang on


@dataclass(frozen=True)
class Entry:
    """One change: `href` is its record's page, `undone` whether it was taken back, `undo` whether the reader may."""

    told: Told
    href: str
    undone: bool
    undo: bool

    @property
    def happened(self) -> dt.datetime | None:
        """When it happened, where that is not when it was written down."""
        change = self.told.change
        return change.occurred_at if abs(change.recorded_at - change.occurred_at) > LATE else None


def entries(changes: Sequence[Change], reader: User) -> list[Entry]:
    """In the order given."""
    taken_back = undone_among(changes)
    allowed = _allowed(changes, reader)
    return [
        Entry(
            told,
            _href(told),
            told.change.id in taken_back,
            told.change.id not in taken_back and _can_be(told.change) and (told.kind, told.change.record_id) in allowed,
        )
        for told in tell(changes, reader)
    ]


def _href(told: Told) -> str:
    """Where the record is: its own page, that of what it hangs on, or the settings' list of its kind."""
    if not told.open:
        return ""
    if told.kind == "user":
        return f"{address('users')}{told.change.record_id}/"
    if own := address_of(told.kind, told.change.record_id):
        return own
    if told.deleted:
        return f"{address('trash')}?kind={told.kind}"
    after = told.change.new
    hung = next((address_of(kind, after[f"{kind}_id"]) for kind in SINGLE if after.get(f"{kind}_id")), "")
    return hung or address(LISTS.get(told.kind, f"{told.kind}s"))


def _can_be(change: Change) -> bool:
    """Whether the log knows a way back: people, teams and rights stay once they are there."""
    model = model_of(change.entity)
    if model is None:
        return False
    if issubclass(model, Recorded):
        return True
    return (change.verb == Change.CHANGE and bool(change.old)) or (
        change.verb == Change.DELETE and change.entity == "team"
    )


def _allowed(changes: Sequence[Change], reader: User) -> set[tuple[str, int]]:
    """The records that the reader may change."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change.entity].add(change.record_id)
    if reader.is_administrator:
        return {(kind, pk) for kind, pks in wanted.items() for pk in pks}
    models = {kind: model_of(kind) for kind in wanted}
    rows = [
        row
        for kind, model in models.items()
        if model is not None and issubclass(model, Recorded)
        for row in model._base_manager.filter(pk__in=wanted[kind])
    ]
    return changeable(rows, reader)
