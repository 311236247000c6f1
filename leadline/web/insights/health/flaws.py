"""Each flaw of records as a row: how many deals have it, of how many that could."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

FLAWS: dict[str, str | Promise] = {
    "no_value": _("No value"),
    "no_owner": _("No owner"),
    "no_close_date": _("No close date"),
    "no_source": _("No source"),
    "no_organization": _("No organization"),
    "no_person": _("No person"),
    "no_stage": _("No stage"),
    "won_without_value": _("Won without a value"),
    "lost_without_reason": _("Lost without a reason"),
    "closed_before_created": _("Closed before it was created"),
    "never_touched": _("Never touched"),
    "duplicate": _("Same title and organization as another"),
    "skipped_stage": _("Skipped a stage"),
    "closed_same_day": _("Closed on the day it was created"),
    "catch_up": _("Moved with others within a minute"),
}
COLUMNS = (
    Column("deals", _("Deals"), "deals"),
    Column("of", _("Of"), "deals"),
    Column("share", _("Share"), "share", "low", "high", "deals", "of"),
)


def flaws(inquiry: Inquiry) -> Table:
    """The flaws by the share of deals that have them, with 90 % intervals (Jeffreys)."""
    # Loaded with the first question: numpy stays off the start-up path.
    import numpy as np  # noqa: PLC0415

    from leadline.insights.numbers.proportions import jeffreys  # noqa: PLC0415

    found = inquiry.report("data_quality").rows[0]
    counts, wholes = (np.array([float(found[f"{name}{end}"]) for name in FLAWS]) for end in ("", "_of"))
    low, high = jeffreys(counts, wholes)
    rows = [_row(name, found, float(low[i]), float(high[i])) for i, name in enumerate(FLAWS) if wholes[i]]
    return Table(COLUMNS, sorted(rows, key=lambda row: -row["share"]), ("flaw",))


def _row(name: str, found: dict[str, Any], low: float, high: float) -> Row:
    deals, of = found[name], found[f"{name}_of"]
    opens = {"deals": Behind("data_quality", name, {}), "of": Behind("data_quality", f"{name}_of", {})}
    return {"flaw": str(FLAWS[name]), "deals": deals, "of": of, "share": deals / of, "low": low, "high": high,
            "opens": opens}  # fmt: skip
