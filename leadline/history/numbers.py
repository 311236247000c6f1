"""Numbers of records as addresses and forms write them."""

from __future__ import annotations

from typing import Any

LONGEST = 18  # digits: what every database takes as a number of a row


def number_of(given: Any) -> int | None:
    """5 of "5" or 5; None for what is no number of a row, be it a word, another script's digit or a number too long."""
    if isinstance(given, int):
        return given if 0 <= given < 10**LONGEST else None
    text = str(given).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def numbers_of(texts: Any) -> list[int]:
    """Those of the texts that are numbers."""
    found = (number_of(text) for text in texts)
    return [number for number in found if number is not None]
