"""Lines: over time, and what is left of those who began."""

from __future__ import annotations

from typing import Any

from leadline.insights.charts.frame import DASH, LABEL, Colours, Points, Spec, Words, has, number, spec, value_tips


def lines(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """A line per series over the labels in their order, with its 90 % band; a dashed one for the time before."""
    along: Spec = {"field": "label", "type": "ordinal", "sort": None, "title": None}
    along["axis"] = {"labelAngle": 0, "labelOverlap": True, "domain": False, "ticks": False, "labelPadding": 6}
    return _lines(points, words, colours, form, along, "linear")


def survival(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """Steps: the share `value` that is left on `day`, a line per `label`."""
    along: Spec = {"field": "day", "type": "quantitative", "title": words.label}
    along |= {"axis": {"domain": False, "tickCount": 6}, "scale": {} if points else {"domain": [0, 1]}}
    named = [{**point, "series": point["label"]} for point in points]
    return _lines(named, words, colours, form, along, "step-after")


def _lines(points: Points, words: Words, colours: Colours, form: str, along: Spec, between: str) -> Spec:
    several = list(dict.fromkeys(point["series"] for point in points if point.get("series") is not None))
    up = number("value", words, form, scale={"zero": True})
    shade = _shade(several, colours)
    base = {"x": along, "color": shade}
    layers: list[Spec] = []
    if has(points, "low") and len(several) < 3:
        encoding = {**base, "y": number("low", words, form), "y2": {"field": "high"}}
        layers.append({"mark": {"type": "area", "interpolate": between, "opacity": 0.15}, "encoding": encoding})
    if has(points, "was"):
        before = {"type": "line", "interpolate": between, "strokeDash": DASH, "opacity": 0.5}
        layers.append({"mark": before, "encoding": {**base, "y": {**up, "field": "was"}}})
    layers.append({"mark": {"type": "line", "interpolate": between, "strokeWidth": 2}, "encoding": {**base, "y": up}})
    dot = {
        "type": "point",
        "filled": True,
        "size": 45 if between == "linear" else 12,
        "opacity": 1,
        "cursor": "pointer",
    }
    layers.append({"mark": dot, "encoding": {**base, "y": up, "tooltip": value_tips(words, points)}})
    if several:
        text = {"type": "text", "align": "right", "dy": -9, "fontSize": LABEL, "fontWeight": 600}
        last = {"transform": [{"filter": "datum.last"}], "mark": text}
        layers.append({**last, "encoding": {**base, "y": up, "text": {"field": "series", "type": "nominal"}}})
    return spec(layers, _ended(points), colours, step=False)


def _shade(several: list[Any], colours: Colours) -> Spec:
    if not several:
        return {"value": colours.accent}
    scale = {"domain": several, "range": [colours.series[n % len(colours.series)] for n in range(len(several))]}
    return {"field": "series", "type": "nominal", "scale": scale, "legend": None}


def _ended(points: Points) -> list[dict[str, Any]]:
    """The last known point of each series bears its name."""
    ends = {point.get("series"): n for n, point in enumerate(points) if point.get("value") is not None}
    return [{**point, "last": ends.get(point.get("series")) == n} for n, point in enumerate(points)]
