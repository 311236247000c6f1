"""One thing looked at, and how it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """Good or bad, in words; where bad, the mend."""

    about: str
    good: bool
    text: str
    mend: str = ""

    def plain(self) -> dict[str, str | bool]:
        return asdict(self)


def good(about: str, text: str) -> Finding:
    return Finding(about, True, text)


def bad(about: str, text: str, mend: str) -> Finding:
    return Finding(about, False, text, mend)
