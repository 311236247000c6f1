"""The pages of Insights, in the order of their tabs: one module each, with a PAGE."""

from __future__ import annotations

from leadline.web.insights.declaring import Page
from leadline.web.insights.pages import (
    activity,
    changes,
    concentration,
    forecast,
    funnel,
    handoffs,
    health,
    lost,
    people,
    playbook,
    quality,
    revenue,
    sources,
    speed,
    why,
)

MODULES = (
    why, health, forecast, funnel, speed, sources, handoffs, playbook, revenue, lost, people, activity, concentration,
    quality, changes,
)  # fmt: skip
PAGES: tuple[Page, ...] = tuple(module.PAGE for module in MODULES)
