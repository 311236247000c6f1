"""What the form of a deed offers to choose from."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from leadline.accounts.models import Role, User
from leadline.crm.fields import fields_of
from leadline.crm.models import AssignmentRule, DiscardReason, Lack
from leadline.web.frame.reader import reader
from leadline.web.pipeline.showing import park_days


def asking(asks: str, user: User) -> dict[str, Any]:
    """For each kind of form what it needs, and nothing else."""
    if asks == "owner":
        return {"people": people(), "rules": AssignmentRule.objects.kept().filter(active=True).exists()}
    if asks == "taker":
        return {"people": people().exclude(pk=user.pk)}
    if asks == "discarded":
        return {"discard_reasons": DiscardReason.objects.kept(), "may_add_reason": user.leads}
    if asks == "labels":
        return {"field": fields_of("lead")["labels"]}
    if asks == "parked":
        return {"days": park_days(timezone.now().astimezone(reader().zone).date())}
    if asks == "returned":
        return {"lacks": Lack.objects.kept()}
    return {}


def people() -> Any:
    """Who can be given anything."""
    return User.objects.who_may_own().exclude(role=Role.READER).order_by("name", "pk")
