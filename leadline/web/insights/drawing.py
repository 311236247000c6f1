"""The page's two charts: the rows of its tables, in its reader's words and in the colours of the page or of paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import base_currency
from leadline.insights import catalogue, charts
from leadline.web.insights.asked import Asked
from leadline.web.insights.forms import COMPARED
from leadline.web.insights.stages import lacks_stages

Rows = list[dict[str, Any]]
Spec = dict[str, Any]
FORMATS = {"share": "%", "money": ",.0f", "days": ",.0f"}

# In a page the tokens decide, so that light and dark need no second drawing; a picture stands alone, on white.
PAGE = charts.Colours(
    above="var(--mark-above)",
    below="var(--mark-below)",
    ink="var(--ink)",
    muted="var(--ink-soft)",
    accent="var(--mark-won)",
    warning="var(--mark-lost)",
    line="var(--line)",
    pending="var(--mark-pending)",
    failed="var(--mark-lost)",
)
PAPER = charts.Colours(
    above="#5b4bb7",
    below="#a35a00",
    ink="#162023",
    muted="#46545a",
    accent="#0b6870",
    warning="#b3683f",
    line="#dde3e4",
)


def stages_chart(rows: Rows, colours: charts.Colours = PAGE) -> Spec:
    """Bars of what came to each stage, by what became of it; "no stage recorded" is no stage."""
    words = charts.Words(
        title="",
        value=_("Deals"),
        label=_("Stage"),
        not_recorded=_("not recorded"),
        outcome=_("Became of it"),
        advanced=_("advanced"),
        pending=_("pending"),
        failed=_("failed"),
    )
    return charts.funnel(drawn(rows), words, colours)


def titled(spec: Spec, title: str, lines: list[str]) -> Spec:
    """A chart that leaves its page: it says what it shows, of when, and how to read it."""
    says = {"text": title, "subtitle": lines, "anchor": "start", "offset": 12}
    ink = {"subtitleColor": PAPER.muted, "color": PAPER.ink, "subtitleFontSize": 11, "subtitlePadding": 4}
    return {**spec, "title": {**says, **ink}}


def drawn(rows: Rows) -> Rows:
    """The rows that have a bar: a stage, and something known of what became of its deals."""
    return [row for row in rows if row["stage"] is not None and not lacks_stages(row)]


def people_chart(asked: Asked, rows: Rows, whole: float | None, colours: charts.Colours = PAGE) -> Spec:
    """Each one against the whole. `rows` in the order of the table."""
    unit = catalogue.find(asked.compare).unit
    measured = str(dict(COMPARED)[asked.compare])
    if unit == "money":
        measured = _("%(measured)s in %(currency)s") % {"measured": measured, "currency": base_currency()}
    words = charts.Words(
        title="",
        value=measured,
        label=_("Team") if asked.by == "team" else _("Person"),
        not_recorded=_("nobody"),
        raw=_("Measured"),
        tempered=_("Tempered"),
    )
    return charts.comparison(rows, asked.by, words, colours, form=FORMATS[unit], whole=whole)
