"""What can be read on what: relative luminance and contrast as WCAG 2.2 define them."""

from __future__ import annotations

BLACK, WHITE = "#000000", "#ffffff"


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white); colours as "#rrggbb"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on(ground: str) -> str:
    """Black or white, whichever can be read better on it; it is always at least 4.5 to 1."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, ground))


def is_dark(colour: str) -> bool:
    return on(colour) == WHITE


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
