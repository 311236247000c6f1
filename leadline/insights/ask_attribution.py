"""The one door to the attribution audit (R20): recorded sources and originators beside the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leadline.insights.ask import asking
from leadline.insights.metrics.selecting import Row


@dataclass(frozen=True)
class Audit:
    """`listed`: the contradictions; `sources`: each source's numbers as recorded and if the evidence is believed."""

    listed: list[Row]
    sources: list[Row]


def audit(**arguments: Any) -> Audit:
    """Leads created in the period. Takes what `ask.report` takes, but `by`; raises as it does."""
    # Loaded with the first question: Arrow stays off the start-up path.
    from leadline.insights.metrics.attribution import believed, contradictions  # noqa: PLC0415

    with asking("booked_revenue", **arguments) as (_tables, of_deals):
        deals_seen = of_deals.seen
    with asking("misattribution", **arguments) as (tables, question):
        return Audit(contradictions(tables, question), believed(tables, question, deals_seen))


def believed_leads(metric: str, source: str | None, **arguments: Any) -> list[int]:
    """The leads that a metric of leads counts for a source (None: not known) if the evidence is believed."""
    from leadline.insights.metrics.attribution import believed_behind  # noqa: PLC0415  see audit

    with asking("misattribution", **arguments) as (tables, question):
        return believed_behind(tables, question, metric, source)
