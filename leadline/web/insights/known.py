"""Every page of Insights, and its panels by the names that addresses, saved reports and dashboards know them by."""

from __future__ import annotations

from leadline.web.insights.declaring import Page, Panel
from leadline.web.insights.pages import PAGES

HEADLINE = "headline"  # the panel of a page's figures, with what they leave out
BY_NAME: dict[str, Page] = {page.name: page for page in PAGES}


def find(name: str) -> tuple[Page, Panel]:
    """The page and the panel of "page.panel". Raises KeyError where there is none of this name."""
    at, _dot, wanted = name.partition(".")
    page = BY_NAME[at]
    panel = next((panel for panel in panels(page) if panel.name == wanted), None)
    if panel is None:
        raise KeyError(name)
    return page, panel


def panels(page: Page) -> tuple[Panel, ...]:
    """The panels of a page, its headline the first of them."""
    if not (page.figures or page.notes):
        return page.panels
    return (Panel(HEADLINE, page.title, template="insights/_headline.html", limit=0), *page.panels)
