"""Who hands what to whom: pairs of roles, and of people (R39)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.labels import named

COLUMNS = (
    Column("handed", _("Handed over"), "number", opens=Behind("hand_offs"), help=_("A lead counts each time")),
    Column(
        "accepted", _("Accepted"), "share", "low", "high", "numerator", "n", Behind("hand_offs_accepted"),
        _("Of those that were answered, with its 90 % interval"),
    ),
    Column("returned", _("Given back"), "number", opens=Behind("hand_offs_accepted", "failed")),
    Column("waiting", _("Waiting"), "number", opens=Behind("hand_offs_accepted", "pending")),
    Column("hours", _("Hours to accept"), "number", "hours_low", "hours_high", opens=Behind("time_to_accept"),
           help=_("Median of the accepted ones")),
    Column("p90", _("90 % within"), "number"),
)  # fmt: skip


def of_roles(inquiry: Inquiry) -> Table:
    """Each pair of roles, those with most hand-offs first."""
    return _pairs(inquiry, "giver_role", "taker_role")


def of_people(inquiry: Inquiry) -> Table:
    """Each pair of people."""
    return _pairs(inquiry, "giver", "taker")


def _pairs(inquiry: Inquiry, giver: str, taker: str) -> Table:
    shares = inquiry.report("hand_offs_accepted", giver, taker).rows
    times = {(row[giver], row[taker]): row for row in inquiry.report("time_to_accept", giver, taker).rows}
    rows = [_row(row, times.get((row[giver], row[taker]), {}), giver, taker) for row in shares]
    rows.sort(key=lambda row: -row["handed"])
    points = [{**row, giver: _pair(row, giver, taker), "value": row["accepted"]} for row in rows if row["n"]]
    return Table(COLUMNS, rows, (giver, taker), points=points)


def _pair(row: Row, giver: str, taker: str) -> str:
    """How the chart calls it."""
    return gettext("%(giver)s to %(taker)s") % {"giver": named(row[giver], giver), "taker": named(row[taker], taker)}


def _row(share: Row, time: Row, giver: str, taker: str) -> dict[str, Any]:
    return {
        giver: share[giver],
        taker: share[taker],
        "handed": share["n"] + share["pending"],
        "accepted": share["value"],
        "low": share["low"],
        "high": share["high"],
        "numerator": share["numerator"],
        "n": share["n"],
        "returned": share["n"] - share["numerator"],
        "waiting": share["pending"],
        "hours": time.get("value"),
        "hours_low": time.get("low"),
        "hours_high": time.get("high"),
        "p90": time.get("p90"),
    }
