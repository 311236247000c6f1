"""Who gets a new lead: rules in their order, and a line for each lead that was given by one (R39)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.crm.models.lead import Lead
from leadline.crm.models.pod import Choosing, Pod
from leadline.history.recorded import Recorded


class AssignmentRule(Recorded):
    """The first rule whose `query` (a filter over leads) a lead meets decides who gets it.

    One of `user_ids`, or of the pod's members with `sales_role`, or of all with that role; whoever is away, has left or
    has `most_open` open leads already is passed over.
    """

    ENTITY: ClassVar[str] = "assignment_rule"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "name", "query", "user_ids", "pod_id", "sales_role", "by", "most_open", "active", "position", "external_id",
        "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset(TRACKED) - {"external_id", "deleted_at"}

    name = models.CharField(_("name"), max_length=120)
    query = models.TextField(_("condition"), blank=True, default="")
    user_ids: models.JSONField[Any, Any] = models.JSONField(_("people"), default=list, blank=True)
    pod = models.ForeignKey(Pod, models.SET_NULL, null=True, blank=True, related_name="+")
    sales_role = models.CharField(_("role"), max_length=16, blank=True, default="")
    by = models.CharField(_("chosen"), max_length=4, choices=Choosing.choices, default=Choosing.TURN)
    most_open = models.PositiveIntegerField(_("at most open"), null=True, blank=True)
    active = models.BooleanField(_("active"), default=True)
    position = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A lead was given to somebody by a rule, and why to them. Follows from the log; whose turn it is is read here.

    `turn` is whose turn it was: `user` themselves, or the one who is away and for whom `user` stands in. `passed_over`
    lists [user id, why, detail] of who came before: `crm.assigning.PassedOver`.
    """

    rule = models.ForeignKey(AssignmentRule, models.CASCADE, related_name="assignments")
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    turn = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    passed_over: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["rule", "turn", "-at"], name="assignment_by_turn")]

    def __str__(self) -> str:
        return f"{self.lead} -> {self.user}"
