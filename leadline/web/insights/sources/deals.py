"""The attribution audit of deals without a lead, as a table (R20)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.crm.models import Deal
from leadline.insights.ask_attribution import audited_deals
from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.sources.auditing import day_of

LISTED = (
    Column("created", gettext_lazy("Created"), "day"),
    Column("source", gettext_lazy("Recorded source"), "text"),
    Column("campaign", gettext_lazy("Campaign"), "text"),
    Column("told", gettext_lazy("Its other deals come from"), "text"),
    Column("originator", gettext_lazy("Credited to"), "text"),
    Column("worker", gettext_lazy("First logged"), "text"),
    Column("verdict", gettext_lazy("What that says"), "text"),
)


def audited(inquiry: Inquiry) -> Table:
    """Every deal without a lead whose record is contradicted, and every one of which no evidence is kept."""
    (whole,) = inquiry.report("deal_misattribution").rows
    found = audited_deals(**inquiry.arguments())
    titles = dict(Deal.objects.filter(pk__in=[row["deal"] for row in found]).values_list("pk", "title"))
    rows = [
        {
            "deal": titles.get(row["deal"], f"#{row['deal']}"),
            "created": day_of(row["created_at"]),
            "source": row["source"],
            "campaign": row["campaign"],
            "told": row["told"] or "",
            "originator": row["originator"],
            "worker": f"{formats.day(day_of(row['worked_at']))}, {row['worker']}" if row["worker"] else "",
            "verdict": _verdict(row),
            "opens": {"created": Behind(labels={"deal": str(row["deal"])})},
        }
        for row in found
    ]
    return Table(LISTED, rows, ("deal",), says=_said(whole))


def deal_of(_inquiry: Inquiry, _column: str, labels: Mapping[str, str | None]) -> list[int]:
    """The deal of a line."""
    number = labels.get("deal") or ""
    return [int(number)] if number.isdecimal() else []


def _verdict(row: Row) -> str:
    if row["no_evidence"]:
        return _("no evidence kept")
    if row["originator_doubted"] and row["source_doubted"]:
        return _("another originator, another source")
    return _("another originator") if row["originator_doubted"] else _("another source")


def _said(whole: Row) -> str:
    """How many are contradicted, and how many nobody can tell of."""
    told = []
    if whole["n"]:
        said = ngettext(
            "Of %(n)s deal without a lead that evidence tells of, it contradicts the record of %(k)s.",
            "Of %(n)s deals without a lead that evidence tells of, it contradicts the record of %(k)s.",
            whole["n"],
        )
        told.append(said % {"n": formats.number(whole["n"]), "k": formats.number(whole["numerator"])})
    for name, sentence in (
        ("no_evidence", _("Of %(n)s no evidence is kept.")),
        ("pending", _("Of %(n)s it cannot tell.")),
    ):
        if whole[name]:
            told.append(sentence % {"n": formats.number(whole[name])})
    return " ".join(told)
