"""What each version of a stage's playbook brought (R2)."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column("entered", _("Came"), "deals", opens=Behind("playbook_conversion", "entered")),
    Column(
        "went_on", _("Went on"), "share", "low", "high", "numerator", "n", Behind("playbook_conversion", "denominator"),
        _("Of those decided, with its 90 % interval"),
    ),
    Column("pending", _("Pending"), "deals", opens=Behind("playbook_conversion", "pending")),
    Column("skipped", _("Skipped"), "deals", opens=Behind("playbook_conversion", "skipped"),
           help=_("Jumped over the stage: nothing was asked of them")),
)  # fmt: skip


def versions(inquiry: Inquiry) -> Table:
    """Version by version, of stages that have a playbook; those before the first one are a line of their own."""
    rows = [row for row in inquiry.report("playbook_conversion", "stage", "playbook").rows if row["stage"] is not None]
    asked = {row["stage"] for row in rows if row["playbook"] is not None}
    order = list(dict.fromkeys(row["stage"] for row in rows))
    rows = [row for row in rows if row["stage"] in asked]
    rows.sort(key=lambda row: (order.index(row["stage"]), row["playbook"] is not None))
    return Table(COLUMNS, [_row(row) for row in rows], ("playbook",))


def _row(row: Row) -> Row:
    kept = {key: row[key] for key in ("low", "high", "numerator", "n", "pending", "skipped")}
    labels = {"stage": row["stage"], "playbook": row["playbook"]}
    opens = {column.key: replace(column.opens, labels=labels) for column in COLUMNS if column.opens}
    before = gettext("%(stage)s, before the first version") % {"stage": row["stage"]}
    told = {"playbook": row["playbook"] or before, "entered": row["n"] + row["pending"], "went_on": row["value"]}
    return {**kept, **told, "opens": opens}
