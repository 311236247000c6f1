"""What an hour of somebody's work costs (R37)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.accounts.permissions import NOTHING
from leadline.crm.models.currency import iso_code
from leadline.history.recorded import Recorded, RecordedQuerySet


class HourRateQuerySet(RecordedQuerySet):
    """Only for who leads: what people cost is not everybody's to know."""

    def visible_to(self, user: User) -> Self:
        return self.filter() if user.is_active and user.leads else self.filter(NOTHING)


class HourRate(Recorded):
    """An hour of one person, or (none) of everybody who has no rate of their own."""

    ENTITY: ClassVar[str] = "hour_rate"
    TRACKED: ClassVar[tuple[str, ...]] = ("user_id", "amount", "currency", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"amount", "currency"})

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    amount = models.DecimalField(_("per hour"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, validators=[iso_code])

    objects: ClassVar[Any] = HourRateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
