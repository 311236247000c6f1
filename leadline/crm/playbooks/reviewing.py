"""Stages are revised every month or two (R1): which of them are due."""

from __future__ import annotations

import datetime as dt

from leadline.crm.models import Stage


def due_reviews(day: dt.date) -> list[Stage]:
    """The stages that should be looked at by this day, with their pipelines, the longest due first."""
    rows = Stage.objects.kept().filter(review_on__lte=day, pipeline__deleted_at=None)
    return list(rows.select_related("pipeline").order_by("review_on", "pipeline__position", "position", "pk"))
