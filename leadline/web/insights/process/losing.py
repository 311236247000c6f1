"""Lost deals: how many say why, and when they are to be asked again (R4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.insights.ask_revisits import Revisit, revisits
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

NEVER = dt.timedelta(days=1_000_000)
# Until how many days from today, and what that is called.
SPANS: tuple[tuple[dt.timedelta, str | Promise], ...] = (
    (dt.timedelta(0), _("Their day has come")),
    (dt.timedelta(days=7), _("In the next 7 days")),
    (dt.timedelta(days=30), _("In the next 30 days")),
    (dt.timedelta(days=90), _("In the next 90 days")),
    (NEVER, _("Later")),
)
STANDING = Behind(dated=False)
COLUMNS = (
    Column("deals", _("Deals"), "deals", opens=STANDING),
    Column("value", _("Value"), "money", opens=STANDING, help=_("Of those whose value is known")),
)


def unexplained(inquiry: Inquiry) -> Row:
    """Share of the lost deals of which nobody said why."""
    rows = inquiry.report("lost_reasons", "lost_reason").rows
    none = next((row for row in rows if row["lost_reason"] is None), None)
    n = rows[0]["n"] if rows else 0
    if none is None:
        return {"value": 0.0 if n else None, "n": n}
    told = {key: none[key] for key in ("value", "low", "high", "n")}
    return {**told, "opens": Behind("lost_reasons", "numerator", labels={"lost_reason": None})}


def to_be_asked(inquiry: Inquiry) -> Table:
    """How many of the lost deals come back, and when."""
    rows = [
        {"when": word, "deals": len(held), "value": sum((one.value for one in held if one.value), start=0)}
        for word, held in _spans(inquiry)
        if held
    ]
    return Table(COLUMNS, rows, ("when",))


def deals_of(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> list[int]:
    """The deals behind a number of a span."""
    wanted = labels.get("when")
    return [one.deal for word, held in _spans(inquiry) if word == wanted for one in held]


def _spans(inquiry: Inquiry) -> list[tuple[str, list[Revisit]]]:
    today, every = revisits(**inquiry.arguments(dated=False))
    found, after = [], -NEVER
    for until, word in SPANS:
        found.append((str(word), [one for one in every if after < one.day - today <= until]))
        after = until
    return found
