"""The pages of Insights, in the order of their tabs: one module each, with a PAGE."""

from __future__ import annotations

from leadline.web.insights.declaring import Page
from leadline.web.insights.pages import activity, funnel, people

MODULES = (funnel, people, activity)
PAGES: tuple[Page, ...] = tuple(module.PAGE for module in MODULES)
