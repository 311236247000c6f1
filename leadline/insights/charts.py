"""Charts as Vega-Lite specifications, ready for vega-embed and vl-convert.

Callers give the texts (translated) and the colours (of their CSS tokens); rows are `ask.report(...).as_json_rows()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

Rows = Sequence[dict[str, Any]]
STEP = 30  # pixels per bar or person
AROUND = 64  # pixels for the axis below and the legend above
PICTURE_WIDTH = 640
LABEL = 12  # pixels
_PLAIN = {"domain": False, "ticks": False, "labelPadding": 8}


@dataclass(frozen=True)
class Colours:
    """What the page's tokens come to: CSS colours."""

    ink: str
    muted: str
    accent: str
    warning: str
    line: str
    pending: str = "#b9c5c8"
    failed: str = "#c98a6b"
    above: str = "#5b4bb7"
    below: str = "#a35a00"


@dataclass(frozen=True)
class Words:
    """A chart's texts, translated: title, name of the number, name of the dimension, words of the legend."""

    title: str
    value: str
    label: str
    not_recorded: str
    raw: str = ""
    tempered: str = ""
    outcome: str = ""
    advanced: str = "advanced"
    pending: str = "pending"
    failed: str = "failed"


def funnel(rows: Rows, words: Words, colours: Colours) -> dict[str, Any]:
    """Stage by stage from above: how many deals came, as a bar from zero split by what became of them.

    `rows`: stage_conversion by stage.
    """
    outcomes = (words.advanced, words.pending, words.failed)
    data = [
        {"label": row["label"], "outcome": outcome, "place": place, "deals": deals}
        for row in _labelled(rows, "stage", words)
        for place, (outcome, deals) in enumerate(zip(outcomes, _fates(row), strict=True))
    ]
    return {**_funnel(words, colours), "data": {"values": data}}


def comparison(
    rows: Rows, by: str, words: Words, colours: Colours, *, form: str = "%", whole: float | None = None
) -> dict[str, Any]:
    """One line per person (or team, source …): as measured with its 90 % interval, and tempered towards the whole.

    `rows`: any metric that compares, by one dimension, in the order to be shown. `form` is how d3 writes the number,
    `whole` the number of all together, drawn as a line. Who can be told apart from the whole stands out, by colour and
    by a triangle that points up or down.
    """
    keys = ("label", "value", "low", "high", "shrunk", "n", "flag")
    data = [
        {**{key: row.get(key) for key in keys}, "whole": whole}
        for row in _labelled(rows, by, words)
        if row["value"] is not None
    ]
    return {**_comparison(words, colours, form), "data": {"values": data}}


def height(rows: int) -> int:
    """About how many pixels a chart of so many rows takes, so that a page can keep the room free."""
    return STEP * max(rows, 1) + AROUND


def picture(spec: dict[str, Any], kind: str) -> bytes:
    """The chart as "svg" or "png", on white. The first one of a process takes a second or two."""
    import vl_convert  # noqa: PLC0415  holds a JavaScript engine: kept off the start-up path

    config = {**spec["config"], "background": "white", "font": "Noto Sans, DejaVu Sans, Arial, sans-serif"}
    wide = {**spec, "width": PICTURE_WIDTH, "config": config}
    if kind == "svg":
        return vl_convert.vegalite_to_svg(wide).encode()
    return vl_convert.vegalite_to_png(wide, scale=2)


def _fates(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["numerator"], row["pending"], row["n"] - row["numerator"]


def _labelled(rows: Rows, by: str, words: Words) -> list[dict[str, Any]]:
    return [{**row, "label": words.not_recorded if row[by] is None else row[by]} for row in rows]


@cache
def _funnel(words: Words, colours: Colours) -> dict[str, Any]:
    """The chart without its data: made once, as Altair takes a quarter of a second for it."""
    # Altair takes over a second to import: only who draws pays for it.
    import altair as alt  # noqa: PLC0415

    outcomes = [words.advanced, words.pending, words.failed]
    scale = alt.Scale(domain=outcomes, range=[colours.accent, colours.pending, colours.failed])
    bars = (
        alt.Chart()
        .mark_bar(height=STEP * 0.6, cursor="pointer")
        .encode(
            y=alt.Y("label:N", sort=None, title=None, axis=_PLAIN),
            x=alt.X("deals:Q", title=words.value, axis=alt.Axis(tickMinStep=1, tickCount=5, domain=False)),
            color=alt.Color("outcome:N", scale=scale, title=None, legend=alt.Legend(orient="top")),
            order="place:Q",
            tooltip=[
                alt.Tooltip("label:N", title=words.label),
                alt.Tooltip("outcome:N", title=words.outcome),
                alt.Tooltip("deals:Q", title=words.value, format=","),
            ],
        )
    )
    return _spec(bars, words, colours)


@cache
def _comparison(words: Words, colours: Colours, form: str) -> dict[str, Any]:
    import altair as alt  # noqa: PLC0415  see _funnel

    axis = alt.Axis(format=form, tickCount=5, domain=False)
    base = alt.Chart().encode(
        y=alt.Y("label:N", sort=None, title=None, axis=_PLAIN),
        color=_by_flag(colours.above, colours.below, colours.accent),
        tooltip=_tooltip(words, form),
    )
    line = (
        alt.Chart().mark_rule(color=colours.muted, strokeDash=[4, 4]).encode(x=alt.X("max(whole):Q", title=words.value))
    )
    interval = base.mark_rule(strokeWidth=2, opacity=0.6).encode(x=alt.X("low:Q", title=words.value), x2="high:Q")
    tempered = base.mark_point(filled=False, size=70, strokeWidth=1.5).encode(x=alt.X("shrunk:Q", title=words.value))
    raw = base.mark_point(filled=True, size=80, opacity=1, cursor="pointer").encode(
        shape=_by_flag("triangle-up", "triangle-down", "circle"),
        x=alt.X("value:Q", title=words.value, scale=alt.Scale(zero=True), axis=axis),
    )
    return _spec(alt.layer(line, interval, tempered, raw), words, colours)


def _by_flag(above: str, below: str, else_: str) -> dict[str, Any]:
    """An encoding by whether somebody is above or below the whole beyond chance."""
    cases = [
        {"test": f"datum.flag === '{flag}'", "value": value} for flag, value in (("above", above), ("below", below))
    ]
    return {"condition": cases, "value": else_}


def _tooltip(words: Words, form: str) -> list[alt.Tooltip]:
    import altair as alt  # noqa: PLC0415  see _funnel

    tips = [
        alt.Tooltip("label:N", title=words.label),
        alt.Tooltip("value:Q", title=words.raw or words.value, format=form),
        alt.Tooltip("n:Q", title="n"),
    ]
    if words.tempered:
        tips.append(alt.Tooltip("shrunk:Q", title=words.tempered, format=form))
    return tips


def _spec(chart: Any, words: Words, colours: Colours) -> dict[str, Any]:
    """As wide as its place on the page, with the page's ink and no background of its own."""
    import altair as alt  # noqa: PLC0415  see _funnel

    spec: dict[str, Any] = (
        chart.properties(title=words.title, width="container", height=alt.Step(STEP))
        .configure(background="transparent", font="inherit")
        .configure_axis(
            labelColor=colours.ink,
            titleColor=colours.muted,
            gridColor=colours.line,
            domainColor=colours.line,
            tickColor=colours.line,
            labelLimit=200,
            labelFontSize=LABEL,
            titleFontSize=LABEL,
            titleFontWeight="normal",
        )
        .configure_legend(labelColor=colours.ink, labelFontSize=LABEL)
        .configure_title(color=colours.ink, anchor="start")
        .configure_view(stroke=None)
        .to_dict()
    )
    for part in (spec, *spec.get("layer", ())):
        part.pop("data", None)
    return spec
