"""Their deals that have rotted, worst first; and those on which nothing is planned, the most worth first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from leadline.activities.ordering import decay
from leadline.web.frame.navigation import address
from leadline.web.pipeline.wording import card_money
from leadline.web.today import reasons
from leadline.web.today.day import Day, Standing
from leadline.web.today.records import RecordRow, loaded, party_of

SHOWN = 6


def rotten(day: Day) -> dict[str, Any] | None:
    """None where none has rotted."""
    found = [deal for deal in day.deals if deal.rots_in is not None and deal.rots_in < 0]
    worst = sorted(found, key=lambda deal: (-decay(deal.expected, -(deal.rots_in or 0), day.usual), deal.pk))
    return _region(day, worst, day.unplanned, rotten="yes")


def unplanned(day: Day) -> dict[str, Any] | None:
    """Those that have rotted stand above already, and say that nothing is planned."""
    found = [deal for deal in day.deals if deal.pk in day.unplanned and not (deal.rots_in or 0) < 0]
    best = sorted(found, key=lambda deal: (-(deal.expected or 0), deal.pk))
    return _region(day, best, frozenset(), next_activity="none", rotten="no")


def _region(day: Day, deals: list[Standing], unplanned: frozenset[int], **asked: str) -> dict[str, Any] | None:
    if not deals:
        return None
    query = {"owner": day.person.pk, "status": "open", **asked}
    return {
        "rows": list(_rows(deals[:SHOWN], unplanned)),
        "count": len(deals),
        "all": f"{address('deals')}?{urlencode(query)}",
    }


def _rows(deals: Iterable[Standing], unplanned: frozenset[int]) -> Iterable[RecordRow]:
    shown = list(deals)
    records = loaded("deal", [deal.pk for deal in shown])
    for deal in shown:
        if (record := records.get(deal.pk)) is not None:
            money = card_money(record.value, record.currency) if record.value is not None else ""
            said = reasons.rot_word(deal.rots_in)
            yield RecordRow(record, party_of(record), said, money, unplanned=deal.pk in unplanned)
