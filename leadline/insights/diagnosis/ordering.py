"""What to do first: by the money it is worth a quarter, weighed by how sure it is."""

from __future__ import annotations

from leadline.insights.diagnosis.finding import Candidate, Finding


def ordered(findings: list[Finding]) -> list[Finding]:
    """The findings, the first one first."""
    return sorted(findings, key=lambda one: (-stake(one.candidate), one.candidate.p, one.key))


def stake(candidate: Candidate) -> float:
    """Money a quarter that is at stake, as sure as it is; 0 where no money is known."""
    return 0.0 if candidate.worth is None else max(0.0, candidate.worth.value) * candidate.certainty
