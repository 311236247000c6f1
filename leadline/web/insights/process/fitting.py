"""Win rate and size by how well deals fit (R44)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from leadline.insights.ask_fit import by_fit
from leadline.web.insights.declaring import OWN, Column, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column("value", _("Win rate"), "share", "low", "high", "numerator", "n", OWN, _("Of the deals closed")),
    Column("won_count", _("Won"), "deals", opens=OWN),
    Column("size", _("Mean size"), "money", "size_low", "size_high", opens=OWN, help=_("Of the won ones")),
)
OF_WON = frozenset({"won_count", "size"})


def bands(inquiry: Inquiry) -> Table:
    """The best band first; nothing where no deal has a fit."""
    rows = [{**row, "won_count": row["numerator"]} for row in by_fit(**inquiry.arguments())]
    return Table(COLUMNS, rows, ("band",))


def deals_of(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> list[int]:
    """The deals behind a number of a band."""
    key = "won" if column in OF_WON else "deals"
    found = [row[key] for row in by_fit(**inquiry.arguments()) if row["band"] == labels.get("band")]
    return [int(deal) for deals in found for deal in deals]
