"""Charts as Vega-Lite specifications, ready for vega-embed and vl-convert.

Callers give the texts (translated), the colours (of their CSS tokens) and the points: dicts with `label`, `value` and
what else a kind draws, among it `said` (the value as the reader writes it) and `href` (what a click opens).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from leadline.insights.charts.bars import bars, stacked_bars, waterfall
from leadline.insights.charts.comparison import comparison
from leadline.insights.charts.fan import against, fan, reliability
from leadline.insights.charts.frame import AROUND, STEP, Colours, Points, Spec, Words
from leadline.insights.charts.lines import lines, survival
from leadline.insights.charts.picture import picture
from leadline.insights.charts.sparklines import sparklines
from leadline.insights.charts.stacks import shares, stacked

__all__ = ["KINDS", "UPRIGHT_KINDS", "Colours", "Words", "draw", "height", "picture"]

Drawn = Callable[[Points, Words, Colours, str], Spec]
KINDS: dict[str, Drawn] = {
    "bars": bars,
    "funnel": stacked_bars,
    "waterfall": waterfall,
    "lines": lines,
    "survival": survival,
    "stacked": stacked,
    "shares": shares,
    "comparison": comparison,
    "sparklines": sparklines,
    "fan": fan,
    "against": against,
    "reliability": reliability,
}
UPRIGHT_KINDS = ("lines", "survival", "stacked", "shares", "fan", "against", "reliability")  # labels along the foot
UPRIGHT = 260  # pixels


def draw(kind: str, points: Points, words: Words, colours: Colours, form: str = ",") -> Spec:
    """The chart of this kind. `form` is how d3 writes its numbers. Raises KeyError for a kind that there is not."""
    return KINDS[kind](points, words, colours, form)


def height(kind: str, labels: Sequence[Any]) -> int:
    """About how many pixels it takes, so that a page can keep the room free; `labels` are those of its points."""
    if kind in UPRIGHT_KINDS:
        return UPRIGHT
    return STEP * max(len(set(labels)), 1) + AROUND
