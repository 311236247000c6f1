"""What was and what will be, with how sure that is; and whether chances came true as often as they said."""

from __future__ import annotations

from typing import Any

from leadline.insights.charts.frame import DASH, LABEL, Colours, Points, Spec, Words, number, spec, tips

SOON = {"domain": False, "ticks": False, "labelPadding": 6, "tickCount": 6, "format": "%-d %b"}


def fan(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """Along the days `x`: what was (series "won"), then the median with its 50 % and 90 % bands ("ahead").

    A point of any other series is a level line from `x` to `x2` with its name at the end.
    """
    along = {"field": "x", "type": "temporal", "title": None, "axis": SOON}
    up = number("value", words, form, scale={"zero": True})
    tooltip = tips(("label", words.label), ("said", words.value), ("range", "90 %"))
    ahead, won = _of("ahead"), _of("won")
    layers: list[Spec] = [
        _band(ahead, along, up, ("low", "high"), colours.accent, 0.16),
        _band(ahead, along, up, ("inner_low", "inner_high"), colours.accent, 0.26),
        _line(ahead, along, up, {"color": colours.accent, "strokeDash": DASH}),
        _line(won, along, up, {"color": colours.accent}),
    ]
    for place, name in enumerate(dict.fromkeys(point["series"] for point in points)):
        if name not in ("won", "ahead"):
            layers += _level(name, along, up, colours.series[(place + 1) % len(colours.series)])
    dot = {"type": "point", "filled": True, "size": 40, "opacity": 1, "color": colours.accent, "cursor": "pointer"}
    either = "datum.series === 'won' || datum.series === 'ahead'"
    layers.append(
        {"transform": [{"filter": either}], "mark": dot, "encoding": {"x": along, "y": up, "tooltip": tooltip}}
    )
    return spec(layers, points, colours, step=False)


def against(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """What was said, with its 90 % band, and what came, label by label in their order; two series."""
    several = list(dict.fromkeys(point["series"] for point in points))
    axis = {"labelAngle": 0, "labelOverlap": True, "domain": False, "ticks": False, "labelPadding": 6}
    along = {"field": "label", "type": "ordinal", "sort": None, "title": None, "axis": axis}
    up = number("value", words, form, scale={"zero": True})
    scale = {"domain": several, "range": [colours.accent, colours.series[1]]}
    shade = {
        "field": "series",
        "type": "nominal",
        "scale": scale,
        "title": None,
        "legend": {"orient": "top", "symbolOpacity": 1} if several else None,  # one of nothing has no end
    }
    base = {"x": along, "color": shade}
    band = {**base, "y": {**up, "field": "low"}, "y2": {"field": "high"}}
    dot = {"type": "point", "filled": True, "size": 45, "opacity": 1, "cursor": "pointer"}
    tooltip = tips(("label", words.label), ("series", words.series), ("said", words.value))
    layers: list[Spec] = [
        {"transform": [{"filter": "isValid(datum.low)"}], "mark": {"type": "area", "opacity": 0.16}, "encoding": band},
        {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {**base, "y": up}},
        {"mark": dot, "encoding": {**base, "y": up, "tooltip": tooltip}},
    ]
    return spec(layers, points, colours, step=False)


def reliability(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """What was said (`x`) against what came (`value`, with its interval): good chances lie along the diagonal."""
    said = {"format": form, "domain": False, "tickCount": 5}
    most = max((float(point.get(key) or 0) for point in points for key in ("x", "high", "value")), default=1.0) or 1.0
    scale = {"domain": [0, most], "nice": True}
    along = {"field": "x", "type": "quantitative", "title": words.label, "axis": said, "scale": scale}
    up = number("value", words, form, scale=scale)
    tooltip = tips(("label", words.label), ("said", words.value), ("n", "n"))
    ends = {"values": [{"x": 0, "value": 0}, {"x": most, "value": most}]}
    diagonal = {"type": "line", "color": colours.muted, "strokeDash": DASH}
    interval = {"type": "rule", "strokeWidth": 2, "color": colours.ink, "opacity": 0.6}
    dot = {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": colours.accent}
    layers: list[Spec] = [
        {"data": ends, "mark": diagonal, "encoding": {"x": along, "y": up}},
        {"mark": interval, "encoding": {"x": along, "y": {**up, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": dot, "encoding": {"x": along, "y": up, "tooltip": tooltip}},
    ]
    return spec(layers, points, colours, step=False)


def _of(series: str) -> list[dict[str, Any]]:
    return [{"filter": f"datum.series === '{series}'"}]


def _band(which: Any, along: Spec, up: Spec, ends: tuple[str, str], colour: str, opacity: float) -> Spec:
    encoding = {"x": along, "y": {**up, "field": ends[0]}, "y2": {"field": ends[1]}}
    return {"transform": which, "mark": {"type": "area", "color": colour, "opacity": opacity}, "encoding": encoding}


def _line(which: Any, along: Spec, up: Spec, how: Spec) -> Spec:
    mark = {"type": "line", "strokeWidth": 2, **how}
    return {"transform": which, "mark": mark, "encoding": {"x": along, "y": up}}


def _level(series: str, along: Spec, up: Spec, colour: str) -> list[Spec]:
    across = {"x": along, "x2": {"field": "x2"}, "y": up}
    rule = {"type": "rule", "strokeWidth": 1.5, "strokeDash": [6, 3], "color": colour}
    text = {"type": "text", "align": "left", "dx": 4, "dy": -7, "fontSize": LABEL, "color": colour}
    written = {"x": along, "y": up, "text": {"field": "said", "type": "nominal"}}
    return [
        {"transform": _of(series), "mark": rule, "encoding": across},
        {"transform": _of(series), "mark": text, "encoding": written},
    ]
