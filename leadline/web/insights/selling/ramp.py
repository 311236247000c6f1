"""How new people come to sell as the others do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

WON = Behind("ramp", dated=False)
COLUMNS = (
    Column(
        "half", gettext_lazy("Months to half"), "months", help=gettext_lazy("Of what the tenured book in a quarter")
    ),
    Column("full", gettext_lazy("Months to all"), "months"),
    Column("n", gettext_lazy("Won since"), "deals", opens=WON),
)


def ramp(inquiry: Inquiry) -> Table:
    """Those whose hire is on record, the latest to get there last."""
    where = {name: label for name, label in inquiry.asked.where.items() if name in ("owner", "team")}
    found = [row for row in inquiry.report("ramp", "owner", dated=False, where=where).rows if row["people"]]
    rows: list[Row] = [
        {"owner": row["owner"], "half": _month(row["value"]), "full": _month(row["full"]), "n": row["n"]}
        for row in sorted(found, key=lambda row: (row["full"] is None, row["full"] or 0, row["owner"] or ""))
    ]
    return Table(COLUMNS, rows, ("owner",))


def _month(value: float | None) -> float | str:
    return _("not yet") if value is None else value
