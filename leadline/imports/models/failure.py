"""A row that is not in, or is in with a warning: where it stands, why, and how to mend it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from leadline.imports.models.arrival import Import


class ImportFailure(models.Model):
    """One thing wrong in one row. `cells` holds the row as it stood in the file, for the report that can be mended."""

    arrival = models.ForeignKey(Import, models.CASCADE, related_name="failures")
    file = models.CharField(max_length=400)
    row = models.PositiveBigIntegerField()
    column = models.CharField(max_length=400, blank=True, default="")
    value = models.TextField(blank=True, default="")
    reason = models.TextField()
    mend = models.TextField(blank=True, default="")
    fatal = models.BooleanField(default=True)
    cells: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["arrival", "fatal"], name="failure_arrival")]

    def __str__(self) -> str:
        return f"{self.file} {self.row}: {self.reason}"
