"""The one door to the attribution audit (R20): recorded sources and originators beside the evidence.

Its functions are about leads (or deals) created in the period. They take what `ask.report` takes, but `by`, and raise
as it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leadline.insights.ask import answered, asking

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.question import Question

Row = dict[str, Any]

# The functions behind are loaded with the first question: Arrow stays off the start-up path.


def contradicted_leads(**arguments: Any) -> list[Row]:
    """Leads whose originator did nothing about them before they were there (`metrics.attribution.contradictions`)."""
    from leadline.insights.metrics.attribution import contradictions  # noqa: PLC0415

    return answered("contradicted", "misattribution", contradictions, **arguments)


def believed_sources(**arguments: Any) -> list[Row]:
    """Each source's numbers as recorded and if the evidence is believed (`metrics.attribution.believed`)."""
    from leadline.insights.metrics.attribution import believed  # noqa: PLC0415

    with asking("booked_revenue", **arguments) as (_tables, of_deals):
        deals_seen = of_deals.seen

    def find(tables: Tables, question: Question) -> list[Row]:
        return believed(tables, question, deals_seen)

    return answered("believed", "misattribution", find, **arguments)


def believed_leads(metric: str, source: str | None, **arguments: Any) -> list[int]:
    """The leads that a metric of leads counts for a source (None: not known) if the evidence is believed."""
    from leadline.insights.metrics.attribution import believed_behind  # noqa: PLC0415

    with asking("misattribution", **arguments) as (tables, question):
        return believed_behind(tables, question, metric, source)


def audited_deals(**arguments: Any) -> list[Row]:
    """Deals without a lead whose record the evidence contradicts, or that have none (`metrics.deal_traces.audited`)."""
    from leadline.insights.metrics.deal_traces import audited  # noqa: PLC0415

    return answered("audited deals", "deal_misattribution", audited, **arguments)
