"""The charts' specifications hold their rows, texts and colours, and can be drawn."""

from __future__ import annotations

import json

import pytest
import vl_convert

from leadline.insights.charts import Colours, Words, comparison, funnel, picture

COLOURS = Colours(ink="#111", muted="#666", accent="#06c", warning="#c30", line="#ddd")
WORDS = Words("From stage to stage", "went on", "who", "not recorded", raw="measured", tempered="tempered")
STAGES = [
    {"stage": "Meeting", "value": 0.5, "n": 10, "numerator": 5, "low": 0.3, "high": 0.7, "pending": 1},
    {"stage": None, "value": None, "n": 0, "numerator": 0, "low": None, "high": None, "pending": 2},
]
PEOPLE = [
    {"owner": "Ann", "value": 0.4, "n": 9, "low": 0.2, "high": 0.6, "shrunk": 0.45, "flag": None},
    {"owner": "Bo", "value": 0.8, "n": 90, "low": 0.7, "high": 0.9, "shrunk": 0.75, "flag": "above"},
]


@pytest.mark.parametrize(
    "spec", [funnel(STAGES, WORDS, COLOURS), comparison(PEOPLE, "owner", WORDS, COLOURS)], ids=["funnel", "comparison"]
)
def test_a_chart_can_be_drawn_and_says_what_it_shows(spec: dict) -> None:
    text = json.dumps(spec)
    assert all(word in text for word in ("From stage to stage", "went on", COLOURS.accent, COLOURS.ink))
    drawn = vl_convert.vegalite_to_svg(spec)
    assert "From stage to stage" in drawn
    assert "http" not in text.replace(spec["$schema"], "")


def test_what_is_not_recorded_is_said_so() -> None:
    assert "not recorded" in vl_convert.vegalite_to_svg(funnel(STAGES, WORDS, COLOURS))


def test_rows_stay_in_their_order_and_who_is_told_apart_stands_out() -> None:
    drawn = vl_convert.vegalite_to_svg(comparison([*reversed(PEOPLE)], "owner", WORDS, COLOURS, whole=0.5))
    assert drawn.index(">Bo<") < drawn.index(">Ann<")
    assert COLOURS.above in drawn
    assert COLOURS.below not in drawn


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_it_leaves_as_a_picture(kind: str, begins: bytes) -> None:
    assert picture(funnel(STAGES, WORDS, COLOURS), kind).startswith(begins)
