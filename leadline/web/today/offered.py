"""What was handed to somebody and waits for their yes or no, with its clock; and what came back to them (R39)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from leadline.crm.handing_off import returned_to, waiting_for
from leadline.crm.models import HandOff, Lack
from leadline.web.frame.names import linked
from leadline.web.frame.places import record_url
from leadline.web.today.day import Day
from leadline.web.today.records import party_of
from leadline.web.wording.answering import Said
from leadline.web.wording.handing import due_said

SHOWN, MOST = 5, 50  # at once, and behind "more"
LATEST = 200  # that are counted
BACK = dt.timedelta(days=30)


@dataclass(frozen=True)
class OfferedRow:
    """One hand-off; `missing` is what it lacked where it came back."""

    hand_off: HandOff
    record: Any
    party: Any
    clock: Said
    missing: str = ""

    @property
    def href(self) -> str:
        return record_url(self.hand_off)


def waiting(day: Day) -> dict[str, Any] | None:
    """Due first first; None where nothing waits."""
    return _region(day, list(waiting_for(day.person)[:LATEST]), {})


def returned(day: Day) -> dict[str, Any] | None:
    """What came back lately and was not touched since, the longest ago first; None where nothing did."""
    found = list(returned_to(day.person, day.now - BACK)[:LATEST])
    wanted = {pk for one in found for pk in one.lacks}
    return _region(day, found, {lack.pk: str(lack) for lack in Lack.objects.filter(pk__in=wanted)} if wanted else {})


def _region(day: Day, found: list[HandOff], names: dict[int, str]) -> dict[str, Any] | None:
    if not found:
        return None
    records: list[Any] = [one.lead or one.deal for one in found[:MOST]]
    for kind in ("organization", "person"):
        linked().load(kind, [getattr(record, f"{kind}_id") for record in records])
    rows = [
        OfferedRow(one, record, party_of(record), due_said(one, day.now), _missing(one, names))
        for one, record in zip(found, records, strict=False)
    ]
    places = {f"{one.ENTITY}-{one.pk}" for one in records}
    return {"rows": rows[:SHOWN], "more": rows[SHOWN:], "count": len(found), "places": places}


def _missing(one: HandOff, names: dict[int, str]) -> str:
    return ", ".join(filter(None, [*(names.get(pk, "") for pk in one.lacks), one.answer_note]))
