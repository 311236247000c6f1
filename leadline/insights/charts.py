"""Charts as Vega-Lite specifications, ready for vega-embed and vl-convert.

Callers give the texts (translated) and the colours (of their CSS tokens); rows come from `ask.report(...).as_json_rows()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

Rows = Sequence[dict[str, Any]]
STEP = 36  # pixels per bar or person


@dataclass(frozen=True)
class Colours:
    """What the page's tokens come to: CSS colours."""

    ink: str
    muted: str
    accent: str
    warning: str
    line: str


@dataclass(frozen=True)
class Words:
    """A chart's texts, translated: title, name of the number, name of the dimension, words of the legend."""

    title: str
    value: str
    label: str
    not_recorded: str
    raw: str = ""
    tempered: str = ""


def funnel(rows: Rows, words: Words, colours: Colours) -> dict[str, Any]:
    """Stage by stage from above: the share that went on as a bar, with its 90 % interval.

    `rows`: stage_conversion by stage.
    """
    # Altair takes over a second to import: only who draws pays for it.
    import altair as alt  # noqa: PLC0415

    data = _labelled(rows, "stage", words)
    order = [row["label"] for row in data]
    base = alt.Chart(alt.Data(values=data)).encode(y=alt.Y("label:N", sort=order, title=None))
    share = alt.X("value:Q", title=words.value, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    bars = base.mark_bar(color=colours.accent, height=STEP * 0.5).encode(x=share, tooltip=_tooltip(words, "%"))
    interval = base.mark_rule(color=colours.ink, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    return _spec(alt.layer(bars, interval), words, colours)


def comparison(rows: Rows, by: str, words: Words, colours: Colours, *, share: bool = True) -> dict[str, Any]:
    """One line per person (or team, source …): as measured with its 90 % interval, and tempered by what is known of all.

    `rows`: any metric that compares, by one dimension. Who can be told apart from the whole stands out.
    """
    import altair as alt  # noqa: PLC0415  see funnel

    data = [row for row in _labelled(rows, by, words) if row["value"] is not None]
    order = [row["label"] for row in sorted(data, key=lambda row: -row["value"])]
    form = "%" if share else ",.0f"
    scale = alt.Scale(domain=[0, 1]) if share else alt.Scale(zero=True)
    base = alt.Chart(alt.Data(values=data)).encode(
        y=alt.Y("label:N", sort=order, title=words.label),
        color=alt.condition("datum.flag != null", alt.value(colours.warning), alt.value(colours.accent)),
    )
    interval = base.mark_rule(strokeWidth=2).encode(x="low:Q", x2="high:Q")
    raw = base.mark_point(shape="diamond", filled=False, size=90, strokeWidth=2).encode(
        x=alt.X("value:Q", title=words.value, scale=scale, axis=alt.Axis(format=form)), tooltip=_tooltip(words, form)
    )
    tempered = base.mark_point(filled=True, size=90, opacity=1).encode(x="shrunk:Q", tooltip=_tooltip(words, form))
    return _spec(alt.layer(interval, raw, tempered), words, colours)


def _labelled(rows: Rows, by: str, words: Words) -> list[dict[str, Any]]:
    return [{**row, "label": words.not_recorded if row[by] is None else row[by]} for row in rows]


def _tooltip(words: Words, form: str) -> list[alt.Tooltip]:
    import altair as alt  # noqa: PLC0415  see funnel

    tips = [
        alt.Tooltip("label:N", title=words.label),
        alt.Tooltip("value:Q", title=words.raw or words.value, format=form),
        alt.Tooltip("n:Q", title="n"),
    ]
    if words.tempered:
        tips.append(alt.Tooltip("shrunk:Q", title=words.tempered, format=form))
    return tips


def _spec(chart: alt.LayerChart, words: Words, colours: Colours) -> dict[str, Any]:
    """As wide as its place on the page, with the page's ink and no background of its own."""
    import altair as alt  # noqa: PLC0415  see funnel

    axis = {"labelColor": colours.ink, "titleColor": colours.muted, "gridColor": colours.line, "domainColor": colours.line}
    return (
        chart.properties(title=words.title, width="container", height=alt.Step(STEP))
        .configure(background="transparent", font="inherit")
        .configure_axis(**axis, tickColor=colours.line, labelLimit=200)
        .configure_title(color=colours.ink, anchor="start")
        .configure_view(stroke=None)
        .to_dict()
    )
