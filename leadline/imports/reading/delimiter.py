"""Which character separates the cells of a text table."""

import csv
from collections import Counter
from collections.abc import Sequence
from math import sqrt

CANDIDATES = (",", ";", "\t", "|", "\x1f", "^")


def of(lines: Sequence[str]) -> str:
    """The character that cuts the first lines into the most cells, evenly. A one-column file gives ","."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    return max(CANDIDATES, key=lambda mark: evenness(lines, mark))


def evenness(lines: Sequence[str], mark: str) -> float:
    """Share of records with the commonest width, times that width; 0 when the mark cuts nothing."""
    widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=mark) if any(cells))
    if not widths:
        return 0.0
    width, times = widths.most_common(1)[0]
    if width < 2:
        # Headings alone may be cut while all rows below are damaged: a little better than nothing.
        return 0.01 if max(widths) > 1 else 0.0
    return times / sum(widths.values()) * sqrt(min(width, 12))
