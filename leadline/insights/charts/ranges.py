"""What may come, two ways, period by period: each as its middle, the middle half and nine cases of ten."""

from __future__ import annotations

from leadline.insights.charts.frame import Colours, Points, Spec, Words, number, spec, tips

WIDE, NARROW = 4, 14  # pixels


def ranges(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """Points: label, series (one of `words.parts`, in their order), low, inner_low, value, inner_high, high, said."""
    across = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": {"labelAngle": 0, "ticks": False, "domain": False, "labelPadding": 8},
    }
    beside = {"field": "series", "type": "nominal", "sort": list(words.parts)}
    shades = {"domain": list(words.parts), "range": [colours.muted, colours.accent]}
    colour = {**beside, "scale": shades, "title": None, "legend": {"orient": "top", "symbolType": "square"}}
    base = {
        "x": across,
        "xOffset": beside,
        "color": colour,
        "tooltip": tips(("label", words.label), ("series", words.series), ("said", words.value), ("range", "90 %")),
    }
    up = number("value", words, form, scale={"zero": True})
    layers: list[Spec] = [
        {
            "mark": {"type": "rule", "strokeWidth": WIDE, "opacity": 0.45},
            "encoding": {**base, "y": {**up, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "bar", "width": NARROW, "opacity": 0.75},
            "encoding": {**base, "y": {**up, "field": "inner_low"}, "y2": {"field": "inner_high"}},
        },
        {
            "mark": {"type": "tick", "thickness": 2, "width": NARROW + 10, "opacity": 1},
            "encoding": {**base, "y": up},
        },
    ]
    return spec(layers, points, colours, step=False)
