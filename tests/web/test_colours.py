"""The colours of labels: each name has a pair in light and dark, and each pair can be read (WCAG AA)."""

from __future__ import annotations

import re

import pytest

from leadline.web.settings.names.looks import COLOURS, ICONS
from tests.conftest import CHECKOUT

SHEET = (CHECKOUT / "leadline/web/static/css/colours.css").read_text()
PAIR = re.compile(
    r'\[data-colour="(\w+)"\] \{ background: light-dark\((#\w{6}), (#\w{6})\); '
    r"color: light-dark\((#\w{6}), (#\w{6})\); \}"
)
PAIRS = {name: colours for name, *colours in PAIR.findall(SHEET)}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", COLOURS)
def test_every_colour_can_be_read(name: str) -> None:
    light, dark, light_ink, dark_ink = PAIRS[name]
    assert contrast(light, light_ink) >= 4.5
    assert contrast(dark, dark_ink) >= 4.5


def test_no_colour_without_a_name() -> None:
    assert set(PAIRS) == set(COLOURS)


def test_icons_are_fetched_with_the_others() -> None:
    listed = (CHECKOUT / "package.json").read_text()
    assert [name for name in ICONS if f"icons/{name}.svg" not in listed] == []
