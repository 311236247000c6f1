"""What all charts have in common: their colours, their texts and the specification around their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Point = dict[str, Any]
Points = Sequence[Point]
Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
STEP = 30  # pixels per bar or person
AROUND = 64  # pixels for the axis below and the legend above
LABEL = 12  # pixels
PLAIN = {"domain": False, "ticks": False, "labelPadding": 8}
DASH = [4, 4]
MEASURED = ("value", "low", "high", "was", "shrunk", "whole", "ends", "start", "stop", "far")


@dataclass(frozen=True)
class Colours:
    """What the page's tokens come to: CSS colours. `series` are those of several lines or layers, in their order."""

    ink: str
    muted: str
    accent: str
    warning: str
    line: str
    pending: str = "#b9c5c8"
    failed: str = "#c98a6b"
    above: str = "#5b4bb7"
    below: str = "#a35a00"
    series: tuple[str, ...] = ("#0b6870", "#5b4bb7", "#a35a00", "#2b6cb0")


@dataclass(frozen=True)
class Words:
    """A chart's texts, translated: the names of its number and of what it is broken down by, and of its layers.

    `parts` are the names of a stack's layers, in their order; `now` and `was` of the two times that are compared.
    """

    value: str
    label: str
    series: str = ""
    parts: tuple[str, ...] = ()
    raw: str = ""
    tempered: str = ""
    was: str = ""


def spec(layers: Sequence[Spec], points: Points, colours: Colours, *, step: bool = True, **more: Any) -> Spec:
    """Layers over the same points: as wide as its place on the page, with its ink and no background of its own."""
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": {"step": STEP} if step else 260 - AROUND,
        "data": {"values": list(points)},
        "layer": [*layers]
        if any(has_some(points, key) for key in MEASURED)
        else [_of_zeros(layer) for layer in layers],
        "config": _config(colours),
        **more,
    }


def _of_zeros(layer: Spec) -> Spec:
    """The layer on an axis that still goes somewhere: from 0 to 0 a tick is written as NaN."""
    encoding = {
        channel: {**how, "scale": {**how.get("scale", {}), "domain": [0, 1]}}
        if how.get("type") == "quantitative" and how.get("field") in MEASURED and channel in ("x", "y")
        else how
        for channel, how in layer["encoding"].items()
        if isinstance(how, dict)
    }
    return {**layer, "encoding": {**layer["encoding"], **encoding}}


def _config(colours: Colours) -> Spec:
    axis = {
        "labelColor": colours.ink,
        "titleColor": colours.muted,
        "gridColor": colours.line,
        "domainColor": colours.line,
        "tickColor": colours.line,
        "labelLimit": 200,
        "labelFontSize": LABEL,
        "titleFontSize": LABEL,
        "titleFontWeight": "normal",
    }
    return {
        "background": "transparent",
        "font": "inherit",
        "axis": axis,
        "legend": {"labelColor": colours.ink, "labelFontSize": LABEL, "columnPadding": 8},
        "title": {"color": colours.ink, "anchor": "start"},
        "view": {"stroke": None},
    }


def labels(words: Words, **more: Any) -> Spec:
    """The labels from above to below, in the order of the points."""
    return {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": PLAIN, **more}


def number(field: str, words: Words, form: str, **more: Any) -> Spec:
    """A number along an axis that begins at zero."""
    axis = {"format": form, "tickCount": 5, "domain": False}
    return {"field": field, "type": "quantitative", "title": words.value, "axis": axis, **more}


def tips(*fields: tuple[str, str]) -> list[Spec]:
    """What is said of a mark when one points at it: (field, word). Texts are said as the points hold them."""
    return [{"field": field, "type": "nominal", "title": word} for field, word in fields if word]


def value_tips(words: Words, points: Points) -> list[Spec]:
    """Label, series, value as it is written, what it rests on, and the value before."""
    there = {key for point in points for key in point if point[key] is not None}
    known = (
        ("label", words.label),
        ("series", words.series),
        ("said", words.value),
        ("n", "n"),
        ("was_said", words.was),
    )
    return tips(*((field, word) for field, word in known if field in there))


def has(points: Points, key: str) -> bool:
    """Whether any point holds it."""
    return any(point.get(key) is not None for point in points)


def has_some(points: Points, key: str) -> bool:
    """Whether any point holds something of it, more than nothing or less."""
    return any(point.get(key) for point in points)
