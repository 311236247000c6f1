"""What comes of something else stands under it, not beside it."""

from __future__ import annotations

from dataclasses import fields, replace

from leadline.insights.diagnosis.finding import Candidate, Finding, Place
from leadline.insights.ledger.ledger import NOBODY

LEFT = ("one_stream",)  # kinds whose place is what is left, not what is missing
APART = 100.0  # days that the beginnings of cause and consequence may lie apart: dates are found to a quarter


def explained(findings: list[Finding]) -> list[Finding]:
    """The findings that are left when each stands under the strongest that explains it."""
    strongest = sorted(findings, key=lambda one: (-len(one.candidate.explains), one.candidate.p))
    shown: dict[str, list[Candidate]] = {one.key: [] for one in findings}
    under: set[str] = set()
    for cause in strongest:
        if cause.key in under:
            continue
        for other in findings:
            if other.key not in under and not shown[other.key] and explains(cause.candidate, other.candidate):
                under.add(other.key)
                shown[cause.key].append(other.candidate)
    return [replace(one, shows=tuple(shown[one.key])) for one in findings if one.key not in under]


def explains(cause: Candidate, other: Candidate) -> bool:
    """Whether the one names the other's kind, where their places do not contradict, nor their times."""
    if cause is other or other.kind not in cause.explains:
        return False
    if cause.kind not in LEFT and not _together(cause.place, other.place):
        return False
    if cause.since is None or other.since is None:
        return True
    return abs(cause.since - other.since) <= APART


def _together(one: Place, other: Place) -> bool:
    places = [(getattr(one, part.name), getattr(other, part.name)) for part in fields(Place)]
    return all(a == b or NOBODY in (a, b) for a, b in places)
