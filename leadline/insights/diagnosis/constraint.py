"""The constraint: what the first sentence says."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.insights.diagnosis.finding import Constraint, Finding
from leadline.insights.diagnosis.levers import Levers
from leadline.insights.ledger.ledger import Ledger, Status

EARLY = 30  # closed deals below which nothing is said of the whole


def constraint(ledger: Ledger, findings: Sequence[Finding], found: Levers | None) -> Constraint:
    """The first finding in numbers; without one the lever that is worth most; or that nothing stands out, or how early
    it is.
    """
    if findings:
        return _of(findings[0])
    closed = int(((ledger.deals.status == Status.WON) | (ledger.deals.status == Status.LOST)).sum())
    if closed < EARLY:
        return Constraint("early", values={"closed": float(closed), "more": float(EARLY - closed)})
    if found is not None and found.constraint is not None:
        lever = found.constraint
        gain = {"worth": lever.gain.value, "low": lever.gain.low, "high": lever.gain.high}
        return Constraint(
            "lever", lever.place, {**gain, "value": lever.now, "was": lever.benchmark, "certainty": lever.largest}
        )
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
