"""What the forecast said, kept as it was said: it is held against what came, and nobody can better it afterwards."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _


class Rewriting(Exception):
    """What was said once is not said otherwise later."""


class ForecastSnapshotQuerySet(models.QuerySet[Any]):
    """Rows are added and read."""

    def update(self, **_values: Any) -> NoReturn:
        refuse()

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        refuse()

    def bulk_create(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        refuse()  # it can put rows in place of others

    def delete(self) -> NoReturn:
        refuse()

    def _raw_delete(self, using: str | None) -> NoReturn:
        refuse()


class ForecastSnapshot(models.Model):
    """`body` is what was said (see insights.forecast_kept), of what all can see together, without names of people.

    `said_on` is the company's day on which it was said.
    """

    said_at = models.DateTimeField(default=timezone.now)
    said_on = models.DateField(db_index=True)
    body = models.JSONField()

    objects: ClassVar[Any] = ForecastSnapshotQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["said_at", "pk"]
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"forecast of {self.said_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Rewriting for one that is there already."""
        if not self._state.adding:
            refuse()
        super().save(*args, **{**kwargs, "force_insert": True})

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """As `save`, which ends here."""
        if not self._state.adding:
            refuse()
        super().save_base(*args, **{**kwargs, "force_insert": True, "force_update": False})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Raises Rewriting."""
        refuse()


def refuse() -> NoReturn:
    raise Rewriting(_("A forecast that was kept is never rewritten."))
