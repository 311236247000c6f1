"""What rules did: one line for each cause."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.rules.models.rule import Rule


class RunState(models.TextChoices):
    """What came of a cause."""

    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped: it would have gone in a circle")


class RuleRun(models.Model):
    """A rule and one cause, at most once.

    Written in the transaction of what was done, so that a kill leaves both or none. `cause` names what set it off:
    "change 4711", or "deal 12 idle since 2026-11-01T09:00:00.000000Z"; `change_id` is that change, null for what comes
    with time. `act` is that of its changes in the log, `depth` how many rules stand before it in a chain. `did` has an
    object for each act, with its `do` and what came of it. It follows from rule and log, and is not in the log.
    """

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="runs")
    cause = models.CharField(max_length=120)
    change_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=32)
    record_id = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.DONE)
    error = models.CharField(max_length=1000, blank=True, default="")
    act = models.UUIDField(null=True, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    did: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "cause"], name="rule_once_per_cause")]
        indexes: ClassVar = [
            models.Index(fields=["act"], name="rule_run_act"),
            models.Index(fields=["kind", "record_id"], name="rule_run_of"),
            models.Index(fields=["rule", "-at"], name="rule_run_last"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.cause}"
