"""How much hangs on one source, month by month, and said in a sentence (R21)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights.ask_mix import ALMOST_ALL, Mix, mix_of
from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Table
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.timeline import filled

COLUMNS = (
    Column(
        "effective", gettext_lazy("Sources in effect"), "number", "low", "high", opens=Behind("effective_sources"),
        help=gettext_lazy("4 equal sources are 4; one that brings nearly all is nearly 1"),
    ),
    Column("sources", gettext_lazy("Sources named"), "number"),
    Column("top", gettext_lazy("Largest"), "text"),
    Column("top_share", gettext_lazy("Its share of leads"), "share"),
    Column("n", gettext_lazy("Leads with a source"), "leads", opens=Behind("effective_sources")),
)  # fmt: skip
EMPTY: dict[str, Any] = {"effective": None, "sources": 0, "top": None, "top_share": None, "n": 0}


def mix(inquiry: Inquiry) -> Table:
    """A row per month, and above them what the mix comes to."""
    found = mix_of(**inquiry.arguments())
    rows = [{**row, "effective": row["value"]} for row in found.months]
    return Table(COLUMNS, filled(inquiry.asked, "month", rows, EMPTY), ("month",), says=_said(found))


def _said(found: Mix) -> str:
    """ "Almost all leads come from Inbound: 92 %, after 60 %." and the like; "" where nothing is worth a sentence."""
    if found.top is None or found.share is None:
        return ""
    words = {"source": found.top, "share": formats.percent(found.share), "was": formats.percent(found.was or 0.0)}
    if found.only:
        said = _("All leads come from one source only: %(source)s.")
    elif found.share >= ALMOST_ALL:
        said = _("Almost all leads come from %(source)s: %(share)s.")
    else:
        said = _("The largest source is %(source)s, with %(share)s of the leads.")
    if found.was is None or found.trend == "unknown":
        return said % words
    trend = {
        "up": _("In the first half of the period it was %(was)s: the company hangs on it more and more."),
        "down": _("In the first half of the period it was %(was)s: it falls."),
        "level": _("In the first half of the period it was %(was)s: no change beyond chance."),
    }[found.trend]
    return f"{said} {trend}" % words
