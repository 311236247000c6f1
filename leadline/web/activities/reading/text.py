"""A line that is read piece by piece: what has been understood is taken out and leaves a mark."""

from __future__ import annotations

import re

MARK = "\x1f"  # between what was taken out and what is left; no keyboard writes it
END = rf"(?=[\s,;{MARK}]|:\s|[.!?]?$)"  # where a word ends
LONGEST = 300  # signs of a line that are looked at


def plain(text: str) -> str:
    """In one line without marks and double spaces."""
    return " ".join(text.replace(MARK, " ").split())


def without(text: str, match: re.Match[str], instead: str = "") -> str:
    """What a match says is taken out."""
    return f"{text[: match.start()]} {MARK} {instead} {text[match.end() :]}"


def tidy(text: str) -> str:
    """What is left as a sentence: no marks, no stray commas."""
    return re.sub(r"\s+(?=[,;:](?:\s|$))", "", plain(text)).strip(" ,;:")
