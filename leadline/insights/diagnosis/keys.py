"""What names a finding from one diagnosis to the next."""

from __future__ import annotations

from leadline.insights.diagnosis.finding import Candidate
from leadline.insights.ledger.ledger import NOBODY, Ledger

CATEGORIES = (
    ("stage", "stage"),
    ("source", "source"),
    ("person", "owner"),
    ("team", "team"),
    ("pipeline", "pipeline"),
)


def key(ledger: Ledger, candidate: Candidate) -> str:
    """Its kind and the ids of the records it is about: places move when a stage is added, ids do not."""
    parts = [candidate.kind]
    for word, category in CATEGORIES:
        place = getattr(candidate.place, word)
        if place != NOBODY:
            parts.append(f"{word}-{int(ledger.names[category].ids[place])}")
    return ".".join(parts)
