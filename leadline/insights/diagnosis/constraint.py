"""The constraint: what the first sentence says."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.insights.diagnosis.finding import Constraint, Finding, Untold
from leadline.insights.ledger.ledger import Ledger, Status

EARLY = 30  # closed deals below which nothing is said of the whole


def constraint(ledger: Ledger, findings: Sequence[Finding], untold: Sequence[Untold]) -> Constraint:
    """The first finding in numbers, or that nothing stands out, or that it is too early to say."""
    if findings:
        return _of(findings[0])
    closed = int(((ledger.deals.status == Status.WON) | (ledger.deals.status == Status.LOST)).sum())
    if closed < EARLY:
        return Constraint("early", values={"closed": float(closed), "more": float(EARLY - closed)})
    return Constraint("sound", values={"closed": float(closed)})


def _of(finding: Finding) -> Constraint:
    one = finding.candidate
    values = {"certainty": one.certainty}
    if one.worth is not None:
        values |= {"worth": one.worth.value, "low": one.worth.low, "high": one.worth.high}
    if one.since is not None:
        values["since"] = one.since
    if one.facts:
        values["value"] = one.facts[0].value
        if one.facts[0].was is not None:
            values["was"] = one.facts[0].was
    return Constraint(one.kind, one.place, values)
