"""The page's two charts: the rows of its tables, in its reader's words and in the colours of the page or of paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import base_currency
from leadline.insights import catalogue, charts
from leadline.web.insights.asked import Asked
from leadline.web.insights.forms import COMPARED

Rows = list[dict[str, Any]]
Spec = dict[str, Any]
FORMATS = {"share": "%", "money": ",.0f", "days": ",.0f"}

# In a page the tokens decide, so that light and dark need no second drawing; a picture stands alone, on white.
PAGE = charts.Colours(
    ink="var(--ink)",
    muted="var(--ink-soft)",
    accent="var(--mark-won)",
    warning="var(--mark-lost)",
    line="var(--line)",
    pending="var(--mark-pending)",
    failed="var(--mark-lost)",
)
PAPER = charts.Colours(ink="#162023", muted="#46545a", accent="#0b6870", warning="#b3683f", line="#dde3e4")


def stages_chart(rows: Rows, colours: charts.Colours = PAGE) -> Spec:
    """Bars of what came to each stage, by what became of it; "no stage recorded" is no stage."""
    words = charts.Words(
        title=_("From stage to stage") if colours is PAPER else "",
        value=_("Deals"),
        label=_("Stage"),
        not_recorded=_("not recorded"),
        outcome=_("Became of it"),
        advanced=_("advanced"),
        pending=_("pending"),
        failed=_("failed"),
    )
    return charts.funnel([row for row in rows if row["stage"] is not None], words, colours)


def people_chart(asked: Asked, rows: Rows, whole: float | None, colours: charts.Colours = PAGE) -> Spec:
    """Each one against the whole. `rows` in the order of the table."""
    unit = catalogue.find(asked.compare).unit
    measured = str(dict(COMPARED)[asked.compare])
    if unit == "money":
        measured = _("%(measured)s in %(currency)s") % {"measured": measured, "currency": base_currency()}
    words = charts.Words(
        title=measured if colours is PAPER else "",
        value=measured,
        label=_("Team") if asked.by == "team" else _("Person"),
        not_recorded=_("nobody"),
        raw=_("Measured"),
        tempered=_("Tempered"),
    )
    return charts.comparison(rows, asked.by, words, colours, form=FORMATS[unit], whole=whole)
