"""Which row of a table holds its headings: exports put titles and blank lines above them."""

from collections.abc import Sequence

LOOK_AT = 30


def find(records: Sequence[tuple[int, list[str]]]) -> tuple[int, tuple[str, ...]] | None:
    """Row number and headings, from the first records of a table; None when there is nothing like a heading.

    The first row that is nearly as wide as the table, mostly words, and does not repeat itself. Columns
    without a heading at the end are cut off; a heading that occurs twice gets a number.
    """
    widths = [filled(cells) for _, cells in records]
    if not any(widths):
        return None
    wide = max(widths)
    for number, cells in records:
        if filled(cells) >= max(1, 0.6 * wide) and wordy(cells):
            return number, distinct(trimmed(cells))
    return None


def filled(cells: Sequence[str]) -> int:
    """Cells that hold something."""
    return sum(1 for cell in cells if cell.strip())


def wordy(cells: Sequence[str]) -> bool:
    """Most cells hold a letter and do not start with a digit, as headings do and data often does not."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    words = [text for text in texts if any(c.isalpha() for c in text) and not text[0].isdigit() and "@" not in text]
    return len(words) >= 0.8 * len(texts)


def trimmed(cells: Sequence[str]) -> list[str]:
    """Without blank headings at the end."""
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    return [cell.strip() for cell in cells[: last + 1]]


def distinct(headings: Sequence[str]) -> tuple[str, ...]:
    """Every heading once: the second "Email" becomes "Email (2)", a blank one in the middle "Column 3"."""
    seen: dict[str, int] = {}
    named = []
    for place, heading in enumerate(headings, start=1):
        name = heading or f"Column {place}"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(named)
