"""The door to which lost deals are to be asked again, and when (R4)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from leadline.insights.ask import asking


class Revisit(NamedTuple):
    """A lost deal with the day on which to ask again and its value in the base currency, None where it is not known."""

    deal: int
    day: dt.date
    value: Decimal | None


def revisits(**asked: Any) -> tuple[dt.date, list[Revisit]]:
    """The company's day at that moment, and the lost deals that have a day, the earliest first; `asked` as `asking`."""
    # Loaded with the first question: Arrow stays off the start-up path.
    from leadline.insights.metrics.selecting import selection  # noqa: PLC0415

    with asking("lost_reasons", **asked) as (tables, question):
        chosen = selection(question)
        found = tables.arrow(
            f"SELECT chosen.deal, told.revisit_on AS day, told.value_base AS value FROM ({chosen.sql}) AS chosen "
            "JOIN deals AS told ON told.deal = chosen.deal WHERE told.revisit_on IS NOT NULL "
            "ORDER BY told.revisit_on, chosen.deal",
            chosen.values,
        )
        today = question.as_of.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(question.zone)).date()
    return today, [Revisit(**row) for row in found.to_pylist()]
