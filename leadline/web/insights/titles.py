"""What dimensions, metrics and their columns are called on pages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIMENSIONS: dict[str, str | Promise] = {
    "owner": _("Person"),
    "originator": _("Originator"),
    "team": _("Team"),
    "source": _("Source"),
    "campaign": _("Campaign"),
    "product": _("Product"),
    "stage": _("Stage"),
    "pipeline": _("Pipeline"),
    "organization": _("Organization"),
    "label": _("Label"),
    "lost_reason": _("Lost because"),
    "revenue_type": _("Revenue type"),
    "activity_type": _("Kind of activity"),
    "deal": _("Deal"),
    "flaw": _("Flaw"),
    "change": _("Change"),
    "lead": _("Lead"),
    "lead_stage": _("Step"),
    "giver": _("Handed over by"),
    "taker": _("Handed to"),
    "giver_role": _("From"),
    "taker_role": _("To"),
    "lack": _("Lacked"),
    "discard_reason": _("Discarded because"),
    "competitor": _("Lost to"),
    "event": _("Key event"),
    "playbook": _("Version"),
    "band": _("Fit"),
    "lever": _("What"),
    "area": _("Area"),
    "question": _("Question"),
    "day": _("Day"),
    "week": _("Week"),
    "month": _("Month"),
    "quarter": _("Quarter"),
    "year": _("Year"),
    "fiscal_quarter": _("Fiscal quarter"),
    "fiscal_year": _("Fiscal year"),
    "who": _("Whose"),
    "metric": _("Measure"),
    "symptom": _("Sign"),
    "number": _("Number"),
    "when": _("When"),
    "period": _("Period"),
    "whose": _("Of"),
    "chance": _("Chance said, on average"),
}
COLUMNS: dict[str, str | Promise] = {
    "n": _("Rests on"),
    "numerator": _("Succeeded"),
    "denominator": _("Decided"),
    "pending": _("Pending"),
    "skipped": _("Skipped"),
    "left_out": _("Left out"),
    "median": _("Median"),
    "mean": _("Mean"),
    "p80": _("80 % within"),
    "km_median": _("Median, with those still open"),
    "open": _("Still open"),
    "per_week": _("A week"),
    "shrunk": _("Tempered"),
    "flag": _("Against the rest"),
}


METRICS: dict[str, str | Promise] = {
    "time_to_close": _("Days to close"),
    "open_value": _("Open value"),
    "time_in_stage": _("Days in stage"),
    "age_in_stage": _("Days in its stage"),
    "deal_age": _("Days since creation"),
    "effective_deals": _("Effective number of deals"),
    "effective_customers": _("Effective number of customers"),
    "fluff_share": _("Probably fluff"),
    "hand_offs": _("Handed over"),
    "hand_offs_accepted": _("Accepted"),
    "time_to_accept": _("Hours to accept"),
    "deal_hand_offs_accepted": _("Won deals accepted"),
    "return_reasons": _("Share of those given back"),
    "lost_reasons": _("Share of those lost"),
    "lost_to": _("Share of those lost"),
    "discard_reasons": _("Share of those discarded"),
    "playbook_conversion": _("Went on"),
    "mql": _("MQLs"),
    "sql": _("SQLs"),
    "sal": _("SALs"),
    "sal_value": _("Value of SALs"),
    "mql_to_sql": _("MQL to SQL"),
    "sql_to_sal": _("SQL to SAL"),
    "sal_to_won": _("SAL to won"),
}


def said(dimension: str) -> str:
    """A dimension's heading; a field of one's own is called as it is."""
    return str(DIMENSIONS.get(dimension, dimension))


def title_of(metric: str) -> str:
    """A metric's heading."""
    return str(METRICS.get(metric, metric.replace("_", " ").capitalize()))


def heading(metric: str, column: str) -> str:
    """The heading of a metric's column."""
    return title_of(metric) if column == "value" else str(COLUMNS.get(column, column.replace("_", " ").capitalize()))
