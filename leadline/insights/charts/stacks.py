"""Bars that stand, made of layers: how much of each, or which share."""

from __future__ import annotations

from leadline.insights.charts.frame import Colours, Points, Spec, Words, number, spec, value_tips


def stacked(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """A bar per label, from zero, a layer per series."""
    return _stacked(points, words, colours, form, "zero")


def shares(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """The same as shares of the whole bar."""
    return _stacked(points, words, colours, "%", "normalize")


def _stacked(points: Points, words: Words, colours: Colours, form: str, stack: str) -> Spec:
    if stack == "normalize":  # a bar of zeros has no shares
        some = {point["label"] for point in points if point.get("value")}
        points = [point for point in points if point["label"] in some]
    series = list(dict.fromkeys(point.get("series") or "" for point in points))
    placed = [
        {**point, "series": point.get("series") or "", "place": series.index(point.get("series") or "")}
        for point in points
    ]
    scale = {"domain": series, "range": [colours.series[n % len(colours.series)] for n in range(len(series))]}
    legend = {"orient": "top", "columns": 4} if len(series) > 1 else None
    axis = {"labelAngle": 0, "labelOverlap": True, "domain": False, "ticks": False, "labelPadding": 6}
    encoding = {
        "x": {"field": "label", "type": "ordinal", "sort": None, "title": None, "axis": axis},
        "y": {**number("value", words, form), "stack": stack},
        "color": {"field": "series", "type": "nominal", "scale": scale, "title": None, "legend": legend},
        "order": {"field": "place", "type": "quantitative"},
        "tooltip": value_tips(words, points),
    }
    mark = {"type": "bar", "cursor": "pointer", "width": {"band": 0.7}}
    return spec([{"mark": mark, "encoding": encoding}], placed, colours, step=False)
