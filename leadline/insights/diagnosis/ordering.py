"""What to do first: by the money it is worth a quarter, weighed by how sure it is."""

from __future__ import annotations

from leadline.insights.diagnosis.finding import Candidate, Finding

# Kinds that take no money away but make numbers untrue, or bookings hang on one thing: what is at stake is the share of
# the bookings by which their first number is beyond what is usual.
AT_STAKE = frozenset({"whale", "fluff", "attribution", "unqualified"})
RISK = 0.5  # of what is at stake: it is not lost yet


def ordered(findings: list[Finding], booked: float) -> list[Finding]:
    """The findings, the first one first. `booked` is what a quarter brings, 0 where that is not known."""
    return sorted(findings, key=lambda one: (-stake(one.candidate, booked), one.candidate.p, one.key))


def stake(candidate: Candidate, booked: float) -> float:
    """Money a quarter that is at stake, as sure as it is; 0 where none is known."""
    if candidate.worth is not None:
        return max(0.0, candidate.worth.value) * candidate.certainty
    if candidate.kind in AT_STAKE and candidate.facts and candidate.facts[0].unit == "share":
        beyond = candidate.facts[0].value - (candidate.facts[0].was or 0.0)
        return RISK * max(0.0, beyond) * max(0.0, booked) * candidate.certainty
    return 0.0
