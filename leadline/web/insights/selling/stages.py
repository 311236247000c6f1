"""Each person in each stage, beside the team."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.insights.sight import sees_nobody_else
from leadline.web.insights.declaring import OTHERS_UNSEEN, Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column(
        "conversion", _("Go on"), "share", "low", "high", "numerator", "n", Behind("stage_conversion", "denominator")
    ),
    Column("tempered", _("Tempered"), "share"),
    Column(
        "team", _("All together"), "share", opens=Behind("stage_conversion", "denominator"), help=_("Of this stage")
    ),
    Column("verdict", _("Against the rest"), "flag"),
    Column("days", _("Median days there"), "days", "days_low", "days_high", opens=Behind("time_in_stage")),
    Column("team_days", _("All together, days"), "days", opens=Behind("time_in_stage")),
)


# What stands beside one's own, of the others and of all.
BESIDE = ("tempered", "team", "verdict", "team_days")


def by_stage(inquiry: Inquiry) -> Table:
    """Conversion and time by stage and person, in the stages' order."""
    by = inquiry.by
    whole = {row["stage"]: row for row in inquiry.report("stage_conversion", "stage").rows}
    stays = {(row[by], row["stage"]): row for row in inquiry.report("time_in_stage", by, "stage").rows}
    team = {row["stage"]: row for row in inquiry.report("time_in_stage", "stage").rows}
    order = list(whole)
    found = [row for row in inquiry.report("stage_conversion", by, "stage").rows if row["n"]]
    found.sort(key=lambda row: (order.index(row["stage"]), -(row["shrunk"] or 0)))
    alone = sees_nobody_else(inquiry.user)
    return Table(
        tuple(column for column in COLUMNS if not alone or column.key not in BESIDE),
        [_row(row, by, whole[row["stage"]], stays.get((row[by], row["stage"]), {}), team.get(row["stage"], {}))
         for row in found if row["stage"] is not None],
        ("stage", by),
        says=OTHERS_UNSEEN if alone else "",
    )  # fmt: skip


def _row(row: Row, by: str, whole: Row, stay: Row, team: Row) -> Row:
    stage = {"stage": row["stage"]}
    return {
        by: row[by], "stage": row["stage"], "conversion": row["value"], "conversion.n": row["n"],
        "low": row["low"], "high": row["high"], "numerator": row["numerator"], "n": row["n"],
        "tempered": row["shrunk"], "verdict": row["flag"], "team": whole["value"],
        "days": stay.get("value"), "days_low": stay.get("low"), "days_high": stay.get("high"),
        "team_days": team.get("value"),
        "opens": {
            "team": Behind("stage_conversion", "denominator", stage),
            "team_days": Behind("time_in_stage", "", stage),
        },
    }  # fmt: skip
