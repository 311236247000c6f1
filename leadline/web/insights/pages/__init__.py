"""The pages of Insights, in the order of their tabs: one module each, with a PAGE."""

from __future__ import annotations

from leadline.web.insights.declaring import Page
from leadline.web.insights.pages import (
    activity,
    changes,
    concentration,
    funnel,
    health,
    people,
    quality,
    revenue,
    sources,
    speed,
)

MODULES = (health, funnel, speed, sources, revenue, people, activity, concentration, quality, changes)
PAGES: tuple[Page, ...] = tuple(module.PAGE for module in MODULES)
