"""One row per thing that happened to a record."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from leadline.history.values import loads


class CurrentTransaction(models.Func):
    """The number of the writing transaction, by which readers on PostgreSQL know what is safe to read; 0 on SQLite."""

    output_field = models.BigIntegerField()
    arity = 0

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor == "postgresql":
            return "(pg_current_xact_id()::text::bigint)", ()
        return "0", ()


class Change(models.Model):
    """What happened, when, by whom and by which way, with the record before and after.

    `before` holds the old values of the changed fields, `after` the record's tracked fields without the empty
    ones; both JSON text. There are no foreign keys to what is described: the log outlives it. Rows are only ever added
    (`history.writing.append`); erasing a person is the one exception and says so. `undoes` is the id of the change that
    this one takes back.
    """

    CREATE, CHANGE, DELETE = "create", "change", "delete"

    id = models.BigAutoField(primary_key=True)
    txn = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    by_id = models.BigIntegerField(null=True)
    via = models.CharField(max_length=8)
    act = models.UUIDField(null=True)
    entity = models.CharField(max_length=32)
    record_id = models.BigIntegerField()
    verb = models.CharField(max_length=8)
    before = models.TextField()
    after = models.TextField()
    undoes = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["occurred_at", "id"]
        indexes = [
            models.Index(fields=["entity", "record_id", "occurred_at", "id"], name="change_record"),
            models.Index(fields=["act"], name="change_act", condition=models.Q(act__isnull=False)),
            models.Index(fields=["txn", "id"], name="change_cursor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.entity} {self.record_id} at {self.occurred_at:%Y-%m-%d %H:%M}"

    @property
    def old(self) -> dict[str, Any]:
        """The changed fields' values before, plain JSON values."""
        return loads(self.before)

    @property
    def new(self) -> dict[str, Any]:
        """The record's tracked fields after; what is not named is empty."""
        return loads(self.after)
