"""A panel as its template wants it: asked and drawn, or only its place on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from leadline.insights import catalogue
from leadline.insights.catalogue.metric import Metric
from leadline.insights.dimensions import CALENDAR, UnknownName
from leadline.insights.looking import one_look
from leadline.insights.question import BadQuestion
from leadline.web.insights import links
from leadline.web.insights.ageing import age_of
from leadline.web.insights.answering import answer, metrics_of
from leadline.web.insights.asked import Asked
from leadline.web.insights.cells import Opens, lines_of
from leadline.web.insights.declaring import Behind, Page, Panel
from leadline.web.insights.drawing import drawn, height
from leadline.web.insights.headline import headline
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.known import HEADLINE
from leadline.web.insights.shortening import some
from leadline.web.insights.titles import said


@dataclass(frozen=True)
class Section:
    """A panel of a page with its addresses. `drawn` is what its template needs; None: still to be asked for.

    `mark` tells it from the same panel elsewhere on the page: dashboards may hold it twice. `whole`: with all rows.
    """

    page: Page
    panel: Panel
    asked: Asked
    drawn: dict[str, Any] | None = None
    metrics: tuple[Metric, ...] = field(default=())
    mark: str = ""
    whole: bool = False

    @property
    def id(self) -> str:
        return f"{self.page.name}-{self.panel.name}{self.mark}"

    def address(self, /, **more: str) -> str:
        """Where the panel stands alone."""
        return self.asked.page("insights_panel", self.page.name, self.panel.name, **more)

    def file(self, what: str, /, **more: str) -> str:
        """Where it is a file: csv, which has all rows, or picture, which has those of its chart."""
        more |= {"whole": "1"} if self.whole and what == "picture" else {}
        return self.asked.page(f"insights_{what}", self.page.name, self.panel.name, **more)


def section(panel: Panel, inquiry: Inquiry, *, whole: bool = False) -> Section:
    """The panel with its answer; a question that cannot be answered says so in its place. `whole`: all rows."""
    try:
        metrics = tuple(catalogue.find(name) for name in metrics_of(panel, inquiry))
        with one_look():
            found = _drawn(panel, inquiry, whole)
    except (BadQuestion, UnknownName) as error:
        return Section(inquiry.page, panel, inquiry.asked, {"error": str(error)})
    return Section(inquiry.page, panel, inquiry.asked, {"error": "", **found}, metrics, whole=whole)


def opener(inquiry: Inquiry, panel: Panel) -> Opens:
    """How the numbers of a panel become addresses of the records behind them."""
    return partial(_opens, inquiry, panel)


def _opens(inquiry: Inquiry, panel: Panel, what: Behind, labels: Mapping[str, str | None], column: str) -> str:
    return links.behind(
        inquiry.asked, what, {**panel.where, **labels}, panel, f"{inquiry.page.name}.{panel.name}:{column}"
    )


def _drawn(panel: Panel, inquiry: Inquiry, whole: bool) -> dict[str, Any]:
    if panel.name == HEADLINE:
        notes = inquiry.page.notes(inquiry) if inquiry.page.notes else []
        return {"figures": headline(inquiry.page.figures, inquiry), "other": inquiry.asked.other(), "notes": notes}
    table, opens = answer(panel, inquiry), opener(inquiry, panel)
    shown = some(panel, table, table.rows, 0 if whole else panel.limit)
    spec = drawn(panel, table, opens, whole=whole)
    return {
        "table": table,
        "heads": [said(name) for name in table.by if not table.rows or name in table.rows[0]],
        "lines": lines_of(table, shown, opens, opener(inquiry.other, panel) if inquiry.other else None),
        "when": bool(table.by) and table.by[0] in CALENDAR,
        "every": len(table.rows),
        "bounded": {
            column.key for column in table.columns if any(row.get(column.low) is not None for row in table.rows)
        },
        "chart": spec,
        "height": height(panel, spec) if spec else 0,
        "inquiry": inquiry,
        "opens_of": opens,
        "age": age_of(panel.kept(inquiry), inquiry.asked.as_of is not None) if panel.kept else None,
    }
