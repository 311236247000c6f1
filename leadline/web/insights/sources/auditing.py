"""The attribution audit as tables (R20)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.crm.models import Lead
from leadline.insights.ask_attribution import believed_leads, believed_sources, contradicted_leads
from leadline.web.frame import formats
from leadline.web.insights.declaring import OWN, Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

LISTED = (
    Column("created", gettext_lazy("Created"), "day"),
    Column("source", gettext_lazy("Recorded source"), "text"),
    Column("originator", gettext_lazy("Credited to"), "text"),
    Column("worker", gettext_lazy("Worked on before by"), "text"),
    Column("touched", gettext_lazy("First touch"), "text"),
    Column("evidenced", gettext_lazy("The traces say"), "text"),
)
PAIRS = (
    ("leads", gettext_lazy("Leads"), "leads", "leads_added"),
    ("conversion", gettext_lazy("Become deals"), "share", "lead_to_opportunity"),
    ("sal_value", gettext_lazy("Value of SALs"), "money", "sal_value"),
    ("won", gettext_lazy("SALs won"), "share", "sal_to_won"),
    ("booked", gettext_lazy("Booked"), "money", "booked_revenue"),
)
METRICS = {key: metric for key, _title, _unit, metric in PAIRS}
SHARES = {"conversion": ("opportunities", "decided"), "won": ("sals_won", "sals_decided")}


def contradicted(inquiry: Inquiry) -> Table:
    """Every lead whose originator did nothing about it before it was there."""
    (whole,) = inquiry.report("misattribution").rows
    found = contradicted_leads(**inquiry.arguments())
    titles = dict(Lead.objects.filter(pk__in=[row["lead"] for row in found]).values_list("pk", "title"))
    rows = [
        {
            "lead": titles.get(row["lead"], f"#{row['lead']}"),
            "created": day_of(row["created_at"]),
            "source": row["source"],
            "originator": row["originator"],
            "worker": row["worker"] or _("nobody"),
            "touched": _touch(row),
            "evidenced": row["evidenced"] or _("not known"),
            "opens": {"created": Behind(labels={"lead": str(row["lead"])})},
        }
        for row in found
    ]
    return Table(LISTED, rows, ("lead",), says=_said(whole))


def record_of(_inquiry: Inquiry, _column: str, labels: Mapping[str, str | None]) -> list[int]:
    """The lead of a line."""
    number = labels.get("lead") or ""
    return [int(number)] if number.isdecimal() else []


def moved(inquiry: Inquiry) -> Table:
    """Each source's five numbers as recorded and as the traces have them."""
    columns = []
    for key, title, unit, metric in PAIRS:
        columns.append(_column(key, title, unit, Behind(metric)))
        # The records behind believed bookings would be deals; those of this panel are leads.
        own = None if metric == "booked_revenue" else OWN
        columns.append(_column(key, _("%(number)s, believed") % {"number": title}, unit, own, "_evidenced"))
    rows = [_pair(row) for row in believed_sources(**inquiry.arguments())]
    return Table(tuple(columns), rows, ("source",))


def believed_of(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> list[int]:
    """The leads behind a believed number; its row's source is the one that the traces say, not the recorded one."""
    metric = METRICS.get(column.removesuffix("_evidenced"), "misattribution")
    arguments = inquiry.arguments()
    arguments["where"] = {name: label for name, label in arguments["where"].items() if name != "source"}
    return believed_leads(metric, labels.get("source") or None, **arguments)


def _column(key: str, title: Any, unit: str, opens: Behind | None, end: str = "") -> Column:
    k, n = (f"{name}{end}" for name in SHARES[key]) if key in SHARES else ("", "")
    return Column(f"{key}{end}", title, unit, successes=k, trials=n, opens=opens)


def _pair(row: Row) -> Row:
    shares: Row = {}
    for end in ("", "_evidenced"):
        for key, (k, n) in SHARES.items():
            trials = row[f"{n}{end}"]
            shares[f"{key}{end}"] = row[f"{k}{end}"] / trials if trials else None
    return {**row, **shares}


def _said(whole: Row) -> str:
    if not whole["n"] and whole["pending"]:
        return _("Nothing is logged before leads are there, so nobody can tell whose work created them.")
    if not whole["numerator"]:
        return ""
    said = ngettext(
        "%(k)s of %(n)s credited lead has no activity of its originator before it was there.",
        "%(k)s of %(n)s credited leads have no activity of their originator before they were there.",
        whole["n"],
    )
    counts = {"k": formats.number(whole["numerator"]), "n": formats.number(whole["n"])}
    if not whole["pending"]:
        return said % counts
    rest = ngettext(
        "Of %(rest)s more it cannot be told: nothing is ever logged before such leads.",
        "Of %(rest)s more it cannot be told: nothing is ever logged before such leads.",
        whole["pending"],
    )
    return f"{said} {rest}" % {**counts, "rest": formats.number(whole["pending"])}


def _touch(row: Row) -> str:
    if row["first_touch_at"] is None:
        return _("none")
    who = row["first_touch_by"] or _("nobody known")
    return f"{formats.day(day_of(row['first_touch_at']))}, {who}"


def day_of(moment: Any) -> dt.date | None:
    return timezone.localtime(moment.replace(tzinfo=dt.UTC)).date() if moment else None
