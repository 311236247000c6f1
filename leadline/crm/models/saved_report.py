"""A question to the numbers, kept under a name (R50)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from leadline.crm.models.sharing import Shared


class SavedReport(Shared):
    """`place` is a page of Insights or one panel of it ("sources", "sources.months"), `query` what its address asks."""

    ENTITY: ClassVar[str] = "report"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "owner_id", "shared", "place", "query", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "shared", "query"})

    place = models.CharField(max_length=80)
    query = models.TextField(blank=True, default="")
