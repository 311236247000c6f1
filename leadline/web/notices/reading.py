"""Notices in words, for the one they are for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.crm import noticing
from leadline.crm.models import Notice, Why
from leadline.history.models import Change
from leadline.web.frame.places import address_of
from leadline.web.wording.naming import Names
from leadline.web.wording.telling import Told, tell


@dataclass(frozen=True)
class Shown:
    """A notice with what happened (`told`) and what the record is called today."""

    notice: Notice
    told: Told
    record: str
    address: str

    @property
    def says(self) -> str:
        """What a rule tells, in its own words; "" for what somebody did."""
        return self.notice.text if self.notice.why == Why.TOLD else ""

    @property
    def icon(self) -> str:
        if self.notice.why == Why.NAMED:
            return "at-sign"
        if self.notice.why in (Why.OFFERED, Why.ANSWERED):
            return "handshake"
        return "user-check" if self.notice.why in (Why.GIVEN, Why.JOINED) else "bell"


def shown(user: User, rows: Iterable[Notice]) -> list[Shown]:
    """Those about records that the reader still sees, in their order."""
    notices = list(noticing.seen(rows, user))
    changes = Change.objects.in_bulk([notice.change_id for notice in notices])
    kept = [notice for notice in notices if notice.change_id in changes]
    names = Names(user)
    for notice in kept:
        names.want(notice.kind, [notice.record_id])
    told = tell([changes[notice.change_id] for notice in kept], user, names)
    return [
        Shown(notice, words, names.of(notice.kind, notice.record_id), address_of(notice.kind, notice.record_id))
        for notice, words in zip(kept, told, strict=True)
    ]
