"""Notices in words, for the one they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leadline.accounts.models import User
from leadline.crm import noticing
from leadline.crm.models import Notice, Why
from leadline.history.models import Change
from leadline.history.registry import model_of
from leadline.web.frame.places import address_of
from leadline.web.wording.telling import Told, tell


@dataclass(frozen=True)
class Shown:
    """A notice with what happened (`told`) and what the record is called today."""

    notice: Notice
    told: Told
    record: str
    address: str

    @property
    def icon(self) -> str:
        if self.notice.why == Why.NAMED:
            return "at-sign"
        return "user-check" if self.notice.why == Why.GIVEN else "bell"


def shown(user: User, rows: Iterable[Notice]) -> list[Shown]:
    """Those about records that the reader still sees, in their order."""
    notices = list(noticing.seen(rows, user))
    changes = Change.objects.in_bulk([notice.change_id for notice in notices])
    kept = [notice for notice in notices if notice.change_id in changes]
    names = _names(kept)
    told = tell([changes[notice.change_id] for notice in kept], user)
    return [
        Shown(notice, words, names.get((notice.kind, notice.record_id), ""), address_of(notice.kind, notice.record_id))
        for notice, words in zip(kept, told, strict=True)
    ]


def _names(notices: list[Notice]) -> dict[tuple[str, int], str]:
    """What these records are called; the caller has asked whether they are seen."""
    ids: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        ids[notice.kind].add(notice.record_id)
    found: dict[tuple[str, int], str] = {}
    for kind, wanted in ids.items():
        rows: Any = model_of(kind)._default_manager.filter(pk__in=wanted)
        found |= {(kind, row.pk): str(row) for row in rows}
    return found
