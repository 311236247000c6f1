"""The charts' specifications hold their points, texts and colours, are valid, and can be drawn."""

from __future__ import annotations

import json
from typing import Any

import altair
import pytest
import vl_convert

from leadline.insights import charts
from leadline.insights.charts import Colours, Words
from leadline.insights.charts.frame import SCHEMA

COLOURS = Colours(ink="#111", muted="#666", accent="#06c", warning="#c30", line="#ddd")
WORDS = Words("how many", "who", "of what", ("went on", "failed"), raw="measured", tempered="tempered", was="was")
SOME = {"low": 0.3, "high": 0.7, "n": 10, "said": "50 %", "href": "/insights/deals/?metric=win_rate"}
PEOPLE = [
    {"label": "Ann", "value": 0.4, "shrunk": 0.45, "flag": None, "whole": 0.5, **SOME},
    {"label": 'Bo "x" </script>', "value": 0.8, "shrunk": 0.75, "flag": "above", "whole": 0.5, **SOME},
]
MONTHS = [
    {"label": month, "series": series, "value": value, "was": 2, **SOME}
    for month in ("2026-01", "2026-02")
    for series, value in (("Web", 3), ("Fair", None))
]
POINTS: dict[str, list[dict[str, Any]]] = {
    "bars": [{"label": "Web", "value": 0.5, "was": 0.4, **SOME}, {"label": "Fair", "value": None, "said": "–"}],
    "funnel": [{"label": "Meeting", "part": part, "place": n, "value": 5} for n, part in enumerate(WORDS.parts)],
    "waterfall": [
        {"label": "Then", "value": 100, "total": True, "said": "100"},
        {"label": "Lost", "value": -30, "said": "−30"},
        {"label": "Now", "value": 70, "total": True, "said": "70"},
    ],
    "lines": MONTHS,
    "stacked": MONTHS,
    "shares": MONTHS,
    "survival": [{"label": "Meeting", "day": day, "value": 1 / (1 + day), **SOME} for day in range(3)],
    "comparison": PEOPLE,
    "fan": [
        {"label": "Oct 7", "x": "2026-10-07", "series": "won", "value": 2, "said": "2"},
        {"label": "Oct 14", "x": "2026-10-14", "series": "ahead", "value": 3, "inner_low": 2, "inner_high": 4, **SOME},
        {"label": "Target", "x": "2026-10-01", "x2": "2026-12-31", "series": "target", "value": 5, "said": "Target: 5"},
    ],
    "against": MONTHS,
    "reliability": [
        {"label": "0.1", "x": 0.1, "value": 0.2, **SOME},
        {"label": "0.4", "x": 0.4, "value": 0.3, **SOME},
    ],
    "sparklines": [{"label": "Ann", "x": month, "value": n, "said": str(n)} for n, month in enumerate("abc")],
}


@pytest.mark.parametrize("kind", charts.KINDS)
def test_a_chart_is_valid_and_can_be_drawn(kind: str) -> None:
    spec = charts.draw(kind, POINTS[kind], WORDS, COLOURS)
    altair.Chart.from_dict(spec)  # raises for what is no Vega-Lite
    text = json.dumps(spec)
    assert COLOURS.ink in text
    assert "http" not in text.replace(SCHEMA, "")
    drawn = vl_convert.vegalite_to_svg({**spec, "width": 400})
    first = POINTS[kind][0]["label"]
    assert first in drawn
    nothing = charts.draw(kind, [], WORDS, COLOURS)
    assert nothing["data"]["values"] == []
    assert "Infinity" not in charts.picture(nothing, "svg").decode()
    assert charts.height(kind, ["a", "b", "a"]) > 60


@pytest.mark.parametrize("kind", charts.KINDS)
def test_a_chart_of_zeros_has_an_axis_to_be_zero_on(kind: str) -> None:
    zeros = [
        {**point, "value": 0, **{key: 0 for key in ("low", "high", "was", "shrunk", "whole") if key in point}}
        for point in POINTS[kind]
    ]
    spec = charts.draw(kind, zeros, WORDS, COLOURS, "~s")
    assert "NaN" not in vl_convert.vegalite_to_svg({**spec, "width": 400})
    along = [how for layer in spec["layer"] for how in layer["encoding"].values() if isinstance(how, dict)]
    assert all(how["scale"]["domain"] == [0, 1] for how in along if how.get("field") == "value" and "axis" in how)


def test_it_is_of_the_edition_that_draws_it() -> None:
    assert altair.SCHEMA_URL == SCHEMA


def test_rows_stay_in_their_order_and_who_is_told_apart_stands_out() -> None:
    drawn = vl_convert.vegalite_to_svg({**charts.draw("comparison", [*reversed(PEOPLE)], WORDS, COLOURS), "width": 400})
    assert drawn.index(">Bo") < drawn.index(">Ann<")
    assert COLOURS.above in drawn
    assert COLOURS.below not in drawn


def test_a_waterfall_goes_on_from_where_it_was() -> None:
    values = charts.draw("waterfall", POINTS["waterfall"], WORDS, COLOURS)["data"]["values"]
    assert [(point["start"], point["stop"]) for point in values] == [(0, 100), (100, 70), (0, 70)]


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_it_leaves_as_a_picture(kind: str, begins: bytes) -> None:
    assert charts.picture(charts.draw("bars", POINTS["bars"], WORDS, COLOURS), kind).startswith(begins)
