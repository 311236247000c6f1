"""Charts of reports, as Vega-Lite: what is drawn is decided here, colours and words by whoever shows it.

A spec holds its data. Each datum has a `key`, the row's own label, by which a page opens the deals behind a mark.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

Row = Mapping[str, Any]
Spec = dict[str, Any]

STEP = 30  # pixels a row
AROUND = 64  # pixels for the axis and what stands above
OUTCOMES = ("advanced", "pending", "failed")
FORMATS = {"share": "%", "money": "$,.0f", "days": ".1~f"}


def height(rows: int) -> int:
    """Pixels that a chart of so many rows takes, so that a page can keep the room free."""
    return STEP * max(rows, 1) + AROUND


def funnel(rows: Sequence[Row], words: Mapping[str, str]) -> Spec:
    """Bars from zero: what came to each stage, in the pipeline's order, by what became of it.

    `rows` are those of stage_conversion by stage. `words` translates advanced, pending, failed, deals and nameless.
    """
    values = [
        {"key": row["stage"] or "", "name": row["stage"] or words["nameless"], "outcome": words[outcome],
         "place": place, "deals": count}
        for row in rows
        for place, (outcome, count) in enumerate(zip(OUTCOMES, _fates(row), strict=True))
    ]  # fmt: skip
    return _filled(_funnel(words["deals"], tuple(words[outcome] for outcome in OUTCOMES)), values, len(rows))


def compared(rows: Sequence[Row], by: str, unit: str, whole: float | None, words: Mapping[str, str]) -> Spec:
    """A dot with its 90 % interval for each, a hollow one where it is tempered to, a line for the whole.

    `rows` are those of a metric by owner, team …, in the order to be shown. `words` translates measured, tempered,
    whole and nameless.
    """
    values = [
        {"key": row[by] or "", "name": row[by] or words["nameless"], "value": row["value"], "low": row["low"],
         "high": row["high"], "tempered": row.get("shrunk"), "n": row["n"], "whole": whole}
        for row in rows
        if row["n"]
    ]  # fmt: skip
    return _filled(_compared(unit, words["measured"], words["tempered"], words["whole"]), values, len(values))


def picture(spec: Spec, kind: str) -> bytes:
    """The chart as "svg" or "png", on white. The first one of a process takes a second or two."""
    import vl_convert  # noqa: PLC0415  holds a JavaScript engine: kept off the start-up path

    wide = {**spec, "width": 640, "config": LIGHT}
    if kind == "svg":
        return str(vl_convert.vegalite_to_svg(wide)).encode()
    return bytes(vl_convert.vegalite_to_png(wide, scale=2))


LIGHT: Spec = {
    "background": "white",
    "font": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif",
    "view": {"stroke": None},
    "axis": {"labelColor": "#46545a", "titleColor": "#46545a", "gridColor": "#dde3e4", "domainColor": "#dde3e4",
             "tickColor": "#dde3e4", "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 500},
    "legend": {"labelColor": "#46545a", "labelFontSize": 12},
    "range": {"category": ["#0b6870", "#b9c5c8", "#c98a6b"]},
    "rule": {"color": "#7d8a8e"},
    "point": {"color": "#0b6870"},
}  # fmt: skip


def _fates(row: Row) -> tuple[int, int, int]:
    return row["numerator"], row["pending"], row["denominator"] - row["numerator"]


def _filled(spec: Spec, values: list[dict[str, Any]], rows: int) -> Spec:
    return {**copy.copy(spec), "data": {"values": values}, "height": height(rows)}


@cache
def _funnel(deals: str, outcomes: tuple[str, ...]) -> Spec:
    import altair as alt  # noqa: PLC0415  a second to import: only who draws pays it

    chart = (
        alt.Chart()
        .mark_bar(cornerRadius=2, cursor="pointer")
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)),
            x=alt.X("deals:Q", title=deals, axis=alt.Axis(tickMinStep=1, tickCount=5, domain=False)),
            color=alt.Color("outcome:N", sort=list(outcomes), title=None, legend=alt.Legend(orient="top", offset=4)),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("deals:Q", title=deals), "outcome:N"],
        )
    )
    return _spec(chart)


@cache
def _compared(unit: str, measured: str, tempered: str, whole: str) -> Spec:
    import altair as alt  # noqa: PLC0415  see _funnel

    form = FORMATS[unit]
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8))
    axis = alt.Axis(format=form, tickCount=5, domain=False)

    def x(field: str) -> Any:
        return alt.X(field, title=measured, axis=axis)

    tips = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("value:Q", title=measured, format=form),
        alt.Tooltip("tempered:Q", title=tempered, format=form),
        alt.Tooltip("n:Q", title="n"),
    ]
    base = alt.Chart().encode(y=y, tooltip=tips)
    chart = alt.layer(
        alt.Chart().mark_rule(strokeDash=[4, 4]).encode(x=x("max(whole):Q")),
        base.mark_rule(strokeWidth=2, cursor="pointer").encode(x=x("low:Q"), x2="high:Q"),
        base.mark_point(filled=False, size=70, strokeWidth=1.5).encode(x=x("tempered:Q")),
        base.mark_point(filled=True, size=80, opacity=1, cursor="pointer").encode(x=x("value:Q")),
    )
    return _spec(chart)


def _spec(chart: Any) -> Spec:
    spec: Spec = chart.to_dict()
    for part in (spec, *spec.get("layer", ())):
        for unwanted in ("config", "data", "datasets"):
            part.pop(unwanted, None)
    spec["autosize"] = {"type": "fit", "contains": "padding"}
    return spec
