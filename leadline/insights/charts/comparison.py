"""People, teams, sources side by side."""

from __future__ import annotations

from leadline.insights.charts.frame import DASH, Colours, Points, Spec, Words, has, labels, number, spec, tips

CASES = ("above", "below")


def comparison(points: Points, words: Words, colours: Colours, form: str) -> Spec:
    """One line per person: as measured with its 90 % interval, and tempered towards the whole.

    Points: value, low, high, shrunk, n, flag, and `whole`, the number of all together, drawn as a line. Who can be told
    apart from the whole stands out, by colour and by a triangle that points up or down.
    """
    known = [point for point in points if point.get("value") is not None]
    shade = _by_flag(colours.above, colours.below, colours.accent)
    said = tips(("label", words.label), ("said", words.raw or words.value), ("n", "n"))
    if words.tempered:
        said += tips(("shrunk_said", words.tempered))
    base = {"y": labels(words), "color": shade, "tooltip": said}
    whole = {"aggregate": "max", "field": "whole", "type": "quantitative", "title": words.value}
    line = {"type": "rule", "color": colours.muted, "strokeDash": DASH}
    value = number("value", words, form, scale={"zero": True})
    raw = {**base, "x": value, "shape": _by_flag("triangle-up", "triangle-down", "circle")}
    layers: list[Spec] = []
    if has(known, "whole"):
        layers.append({"mark": line, "encoding": {"x": whole}})
    if has(known, "low"):
        interval = {"type": "rule", "strokeWidth": 2, "opacity": 0.6}
        layers.append(
            {"mark": interval, "encoding": {**base, "x": number("low", words, form), "x2": {"field": "high"}}}
        )
    if has(known, "shrunk"):
        hollow = {"type": "point", "filled": False, "size": 70, "strokeWidth": 1.5}
        layers.append({"mark": hollow, "encoding": {**base, "x": number("shrunk", words, form)}})
    layers.append(
        {"mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "cursor": "pointer"}, "encoding": raw}
    )
    return spec(layers, known, colours)


def _by_flag(above: str, below: str, else_: str) -> Spec:
    """An encoding by whether somebody is above or below the whole beyond chance."""
    cases = [
        {"test": f"datum.flag === '{flag}'", "value": value} for flag, value in zip(CASES, (above, below), strict=True)
    ]
    return {"condition": cases, "value": else_}
