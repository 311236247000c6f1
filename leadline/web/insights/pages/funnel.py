"""The page Funnel: from stage to stage, what came there and what became of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import Behind, Chart, Column, Figure, Page, Panel, Row, Table
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.left_out import lacks_stages, left_out


def _opens(part: str) -> Behind:
    return Behind("stage_conversion", part)


COLUMNS = (
    Column("entered", _("Entered"), "deals", opens=_opens("entered"), help=_("Came to the stage in the period")),
    Column("advanced", _("Advanced"), "deals", opens=_opens("numerator"), help=_("Came to a later stage, or were won")),
    Column("failed", _("Failed"), "deals", opens=_opens("failed"), help=_("Lost or parked without going further")),
    Column("pending", _("Pending"), "deals", opens=_opens("pending"), help=_("Not decided yet")),
    Column(
        "conversion", _("Conversion"), "share", "low", "high", "advanced", "decided", _opens("denominator"),
        _("Advanced of those decided, with its 90 % interval"),
    ),
    Column("skipped", _("Skipped"), "share", opens=_opens("skipped"), help=_("Share of them that jumped over it")),
    Column(
        "days", _("Days in stage"), "days", "days_low", "days_high", opens=Behind("time_in_stage"),
        help=_("Median days of completed stays that ended in the period"),
    ),
)  # fmt: skip


def stages(inquiry: Inquiry) -> Table:
    """Conversion by stage in the pipeline's order, beside the days deals stay there."""
    conversions = inquiry.report("stage_conversion", "stage").rows
    stays = {row["stage"]: row for row in inquiry.report("time_in_stage", "stage").rows}
    was = inquiry.other.report("stage_conversion", "stage").rows if inquiry.other else []
    rows = [_row(row, stays.get(row["stage"], {})) for row in conversions]
    return Table(COLUMNS, rows, ("stage",), was=[_conversion(row) for row in was if row["n"] and not lacks_stages(row)])


def _row(row: Row, stay: Row) -> Row:
    entered, known = row["n"] + row["pending"], not lacks_stages(row)
    unknown: Any = _("unknown")
    return {
        **_conversion(row),
        "conversion": row["value"] if known else unknown,
        "entered": entered,
        "failed": row["n"] - row["numerator"] if known else unknown,
        "pending": row["pending"],
        "skipped": row["skipped"] / entered if entered else None,
        "days": stay.get("value"),
        "days_low": stay.get("low"),
        "days_high": stay.get("high"),
    }


def _conversion(row: Row) -> Row:
    kept = {key: row[key] for key in ("stage", "low", "high")}
    return {**kept, "conversion": row["value"], "advanced": row["numerator"], "decided": row["n"]}


WON = ngettext_lazy("%(n)s won deal", "%(n)s won deals", "n")
CLOSED = ngettext_lazy("of %(n)s closed deal", "of %(n)s closed deals", "n")
OPEN = ngettext_lazy("%(n)s open deal %(now)s", "%(n)s open deals %(now)s", "n")

PAGE = Page(
    name="funnel",
    title=_("Funnel"),
    intro=_("What share of your deals goes from stage to stage, and how long they take."),
    figures=(
        Figure(_("Won value"), "booked_revenue", WON),
        Figure(_("Won deals"), "win_rate.numerator", CLOSED),
        Figure(_("Win rate"), "win_rate", CLOSED),
        Figure(_("Median days to close"), "time_to_close", WON),
        Figure(_("Mean deal size"), "deal_size", WON),
        Figure(_("Open value"), "open_value", OPEN, dated=False),
    ),
    panels=(
        Panel(
            "stages",
            _("From stage to stage"),
            _(
                "A deal that jumps over a stage counts as come to it and gone on. Where many skip the first ones, "
                "those convert better than the deals that were worked there."
            ),
            face=stages,
            metrics=("stage_conversion", "time_in_stage"),
            chart=Chart("funnel", parts=("advanced", "pending", "failed")),
            limit=0,
            nothing=_("No deal came to a stage in this period."),
        ),
        Panel(
            "months",
            _("Month by month"),
            _("Whether deals are won more or less often than they were."),
            shows=("win_rate", "win_rate.n", "booked_revenue", "deals_added"),
            by=("month",),
            chart=Chart("lines", "win_rate"),
            limit=12,
        ),
    ),
    notes=left_out,
)
