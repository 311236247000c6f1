"""The seeds of the companies that an evaluation simulates."""

from __future__ import annotations


def seeds(text: str) -> range:
    """FIRST:END, or one. Raises ValueError, with one plain line, for what is none and for those below 0."""
    first, _, end = text.partition(":")
    try:
        found = range(int(first), int(end) if end else int(first) + 1)
    except ValueError:
        found = range(0)
    if not found or found[0] < 0:
        raise ValueError(f"{text} are no seeds; write them like 10000:10020.") from None
    return found
