"""A saved way to look at a list: its filter, its order, its columns."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.history.recorded import Recorded, RecordedQuerySet

KINDS = ("deal", "lead", "person", "organization", "product", "activity")


class ViewQuerySet(RecordedQuerySet):
    """One's own, and what others share."""

    def visible_to(self, user: User) -> ViewQuerySet:
        if not user.is_active:
            return self.none()
        return self.filter(models.Q(owner=user) | models.Q(shared=True))


class View(Recorded):
    """`query` is the filter and order as they stand in an address; `columns` the fields' names in order.

    `shared` opens it to everybody, to read; its owner and whoever may change their records changes it.
    """

    ENTITY: ClassVar[str] = "view"
    TRACKED: ClassVar[tuple[str, ...]] = ("kind", "name", "owner_id", "shared", "query", "columns", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "shared", "query", "columns"})

    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in KINDS])
    name = models.CharField(gettext_lazy("name"), max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="views")
    shared = models.BooleanField(gettext_lazy("shared"), default=False)
    query = models.TextField(blank=True, default="")
    columns: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    objects: ClassVar[Any] = ViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes: ClassVar = [models.Index(fields=["kind", "owner"], name="views_of")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if not isinstance(self.columns, list) or not all(isinstance(name, str) for name in self.columns):
            raise ValidationError({"columns": _("Columns are given by their names.")})

    def add(self, *, by: By, at: Any = None) -> View:
        """A new view, of the person who saves it."""
        if self.owner_id is None:
            self.owner_id = actor(by).id
        return super().add(by=by, at=at)


class PreferredView(models.Model):
    """Which view of a kind somebody sees first. A habit, not in the log."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferred_views")
    kind = models.CharField(max_length=16)
    view = models.ForeignKey(View, models.CASCADE, related_name="preferred_by")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="one_preferred_view")]

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"
