"""A small line for each label, one below the other, each on its own scale: for shape, not for size."""

from __future__ import annotations

import json
from typing import Any

from leadline.insights.charts.frame import LABEL, STEP, Colours, Points, Spec, Words, spec, tips

TALL = 0.7  # of a row


def sparklines(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """Points: label, x, value. The last value of each is written beside it."""
    rows = list(dict.fromkeys(point["label"] for point in points))
    placed = [placed for n, label in enumerate(rows) for placed in _row(points, label, len(rows) - n - 1)]
    along: Spec = {"field": "x", "type": "ordinal", "sort": None, "title": None}
    along["axis"] = {"labelAngle": 0, "labelOverlap": True, "domain": False, "ticks": False}
    axis = {
        "values": [n + 0.5 for n in range(len(rows))],
        "labelExpr": f"{json.dumps(list(reversed(rows)))}[floor(datum.value)]",
        **{"domain": False, "ticks": False, "grid": False, "labelPadding": 8},
    }
    scale = {"domain": [0, max(len(rows), 1)], "nice": False}
    up = {"field": "up", "type": "quantitative", "title": None, "axis": axis, "scale": scale}
    base = {"x": along, "y": up, "detail": {"field": "label", "type": "nominal"}}
    tooltip = tips(("label", words.label), ("x", words.series), ("said", words.value), ("n", "n"))
    dot = {"type": "point", "filled": True, "size": 30, "color": colours.accent, "cursor": "pointer", "opacity": 1}
    text = {"type": "text", "align": "right", "dy": -10, "fontSize": LABEL, "color": colours.ink}
    layers: list[Spec] = [
        {"mark": {"type": "line", "color": colours.accent, "strokeWidth": 1.5}, "encoding": base},
        {"mark": dot, "encoding": {**base, "tooltip": tooltip}},
        {
            "transform": [{"filter": "datum.last"}],
            "mark": text,
            "encoding": {**base, "text": {"field": "said", "type": "nominal"}},
        },
    ]
    return {**spec(layers, placed, colours), "height": (STEP + 10) * max(len(rows), 1)}


def _row(points: Points, label: Any, row: int) -> list[dict[str, Any]]:
    """The points of one label, drawn within its row; a line that stays the same lies in the middle."""
    own = [point for point in points if point["label"] == label and point.get("value") is not None]
    values = [float(point["value"]) for point in own]
    low, wide = min(values, default=0.0), (max(values, default=0.0) - min(values, default=0.0))
    return [
        {**point, "up": row + 0.1 + TALL * ((value - low) / wide if wide else 0.5), "last": n == len(own) - 1}
        for n, (point, value) in enumerate(zip(own, values, strict=True))
    ]
