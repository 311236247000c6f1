"""Bars that lie: from zero, with intervals, from stage to stage, or up and down from a value to the next."""

from __future__ import annotations

from leadline.insights.charts.frame import (
    DASH,
    LABEL,
    STEP,
    Colours,
    Points,
    Spec,
    Words,
    has,
    labels,
    number,
    spec,
    tips,
    value_tips,
)

THICK = STEP * 0.6
# Pixels: a value is drawn in the page's font, which is wider than was reckoned with.
ROOM = {"left": 5, "top": 5, "bottom": 5, "right": 20}


def bars(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """A bar per label with its 90 % interval, its value at the end, and a tick where it stood before."""
    tooltip = value_tips(words, points)
    at, written = number("value", words, form), {"field": "said", "type": "nominal"}
    mark = {"type": "bar", "height": THICK, "color": colours.accent, "cursor": "pointer"}
    layers: list[Spec] = [{"mark": mark, "encoding": {"y": labels(words), "x": at, "tooltip": tooltip}}]
    if has(points, "low"):
        layers.append(_interval(words, colours, form))
    if has(points, "was"):
        tick = {"type": "tick", "color": colours.ink, "thickness": 2, "height": STEP * 0.8, "strokeDash": DASH}
        encoding = {"y": labels(words), "x": {**at, "field": "was"}, "tooltip": tooltip}
        layers.append({"mark": {**tick, "orient": "vertical"}, "encoding": encoding})
    text = {"type": "text", "align": "left", "dx": 6, "color": colours.ink, "fontSize": LABEL}
    layers.append({"mark": text, "encoding": {"y": labels(words), "x": {**at, "field": "ends"}, "text": written}})
    return spec(layers, [{**point, "ends": _end(point)} for point in points], colours, padding=ROOM)


def stacked_bars(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """Label by label from above: a bar from zero, split into parts. A point per part: `part`, `place` (its order)."""
    three = (colours.accent, colours.pending, colours.failed)
    shades = three if len(words.parts) <= len(three) else colours.series
    tooltip = tips(("label", words.label), ("part", words.series), ("said", words.value))
    scale = {"domain": list(words.parts), "range": list(shades[: len(words.parts)])}
    encoding = {
        "y": labels(words),
        "x": number("value", words, form, axis={"tickMinStep": 1, "tickCount": 5, "domain": False, "format": form}),
        "color": {"field": "part", "type": "nominal", "scale": scale, "title": None, "legend": {"orient": "top"}},
        "order": {"field": "place", "type": "quantitative"},
        "tooltip": tooltip,
    }
    return spec(
        [{"mark": {"type": "bar", "height": THICK, "cursor": "pointer"}, "encoding": encoding}], points, colours
    )


def waterfall(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """What was added and taken away, each from where the one before it ended. `total`: a bar that stands on zero."""
    running, placed = 0.0, []
    for point in points:
        value = float(point["value"] or 0)
        start = 0.0 if point.get("total") else running
        running = value if point.get("total") else running + value
        kind = "total" if point.get("total") else "up" if value >= 0 else "down"
        placed.append({**point, "start": start, "stop": running, "far": max(start, running), "kind": kind})
    shade = {"field": "kind", "type": "nominal", "legend": None}
    scale = {"domain": ["up", "down", "total"], "range": [colours.accent, colours.failed, colours.muted]}
    encoding = {
        "y": labels(words),
        "x": number("start", words, form),
        "x2": {"field": "stop"},
        "color": {**shade, "scale": scale},
        "tooltip": value_tips(words, points),
    }
    text = {"type": "text", "align": "left", "dx": 6, "color": colours.ink, "fontSize": LABEL}
    written = {
        "y": labels(words), "x": number("far", words, form), "text": {"field": "said", "type": "nominal"},
    }  # fmt: skip
    bar = {"type": "bar", "height": THICK, "cursor": "pointer"}
    return spec(
        [{"mark": bar, "encoding": encoding}, {"mark": text, "encoding": written}], placed, colours, padding=ROOM
    )


def _interval(words: Words, colours: Colours, form: str) -> Spec:
    encoding = {"y": labels(words), "x": number("low", words, form), "x2": {"field": "high"}}
    return {"mark": {"type": "rule", "strokeWidth": 2, "color": colours.ink, "opacity": 0.6}, "encoding": encoding}


def _end(point: dict[str, object]) -> object:
    """Where the value is written: behind the bar, its interval and where it stood before."""
    return max((float(str(point[key])) for key in ("value", "high", "was") if point.get(key) is not None), default=None)
