"""A saved way to look at a list: its filter, its order, its columns."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.crm.models.sharing import Shared

KINDS = ("deal", "lead", "person", "organization", "product", "activity")


class View(Shared):
    """`query` is the filter and order as they stand in an address; `columns` the fields' names in order."""

    ENTITY: ClassVar[str] = "view"
    TRACKED: ClassVar[tuple[str, ...]] = ("kind", "name", "owner_id", "shared", "query", "columns", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "shared", "query", "columns"})

    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in KINDS])
    query = models.TextField(blank=True, default="")
    columns: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta(Shared.Meta):
        indexes: ClassVar = [models.Index(fields=["kind", "owner"], name="views_of")]

    def clean(self) -> None:
        super().clean()
        if not isinstance(self.columns, list) or not all(isinstance(name, str) for name in self.columns):
            raise ValidationError({"columns": _("Columns are given by their names.")})


class PreferredView(models.Model):
    """Which view of a kind somebody sees first. A habit, not in the log."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferred_views")
    kind = models.CharField(max_length=16)
    view = models.ForeignKey(View, models.CASCADE, related_name="preferred_by")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="one_preferred_view")]

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"
