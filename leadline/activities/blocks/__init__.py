"""Time blocks (R32): when they take place, who sat down to them, and what is kept of what was planned."""

from leadline.activities.blocks.occurring import Occurrence, next_of, occurrences

__all__ = ["Occurrence", "next_of", "occurrences"]
