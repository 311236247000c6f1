"""Raw, tempered, adjusted: three answers to who wins more."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.web.insights.declaring import Behind, Column, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column(
        "adjusted",
        gettext_lazy("On equal cases"),
        "share",
        "low",
        "high",
        help=gettext_lazy("What they would win if everybody were given the same cases, with its 90 % interval"),
    ),
    Column("raw", gettext_lazy("As measured"), "share", successes="numerator", trials="n", opens=Behind("win_rate")),
    Column(
        "tempered", gettext_lazy("Tempered"), "share", help=gettext_lazy("Drawn towards all, the more the fewer deals")
    ),
    Column("adjusted.n", gettext_lazy("Rests on"), "deals", opens=Behind("win_rate")),
    Column("verdict", gettext_lazy("Against the rest"), "flag"),
)

NOTHING_TOLD = gettext_lazy(
    "There is nothing to adjust for: sources, revenue types and sizes do not differ, or are not known of the won and "
    "of the lost deals. So this is only tempered."
)


def case_mix(inquiry: Inquiry) -> Table:
    """Win rates by person or team, the best on equal cases first."""
    by = inquiry.by
    tempered = {row[by]: row.get("shrunk") for row in inquiry.report("win_rate", by).rows}
    found = inquiry.report("adjusted_win_rate", by)
    rows = [
        {
            by: row[by], "adjusted": row["value"], "low": row["low"], "high": row["high"], "raw": row["raw"],
            "numerator": row["numerator"], "n": row["n"], "adjusted.n": row["n"], "tempered": tempered.get(row[by]),
            "verdict": row.get("flag"), "adjusted.shrunk": row["raw"], "adjusted.flag": row.get("flag"),
        }
        for row in sorted(found.rows, key=lambda row: -(row["value"] or 0))
        if row["n"]
    ]  # fmt: skip
    factors = next((row["adjusted_for"] for row in found.rows if row.get("adjusted_for")), "")
    says = _("Adjusted for %(factors)s.") % {"factors": factors} if factors else NOTHING_TOLD if rows else ""
    whole = inquiry.report("win_rate").rows[0]["value"]
    return Table(COLUMNS, rows, (by,), whole=whole, says=says)
