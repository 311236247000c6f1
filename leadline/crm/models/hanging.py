"""What hangs on a deal, a lead, a person or an organization, and is seen and changed with it: notes and files."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.crm.models.deal import Deal
from leadline.crm.models.lead import Lead
from leadline.crm.models.organization import Organization
from leadline.crm.models.person import Person
from leadline.history.recorded import Recorded, RecordedQuerySet

# The order decides which of several a thing is guarded by.
HOOKS: dict[str, type[Recorded]] = {"deal": Deal, "lead": Lead, "person": Person, "organization": Organization}


class HangingQuerySet(RecordedQuerySet):
    """Things are seen with what they hang on."""

    def visible_to(self, user: User) -> Self:
        seen, without = models.Q(pk__in=[]), models.Q()
        for hook, model in HOOKS.items():
            seen |= without & models.Q(**{f"{hook}__in": model.objects.visible_to(user)})
            without &= models.Q(**{hook: None})
        return self.filter(seen)


class Hanging(Recorded):
    """A thing with an author, on at least one record; the first of deal, lead, person, organization guards it."""

    PLACES: ClassVar[tuple[str, ...]] = ("deal_id", "lead_id", "person_id", "organization_id")

    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="%(class)ss")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("author"),
    )
    created_at = models.DateTimeField(gettext_lazy("created"), null=True, blank=True)
    external_id = models.CharField(max_length=255, blank=True, default="", db_index=True)

    objects: ClassVar[Any] = HangingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]

    def guarded_by(self) -> Recorded:
        return next((getattr(self, hook) for hook in HOOKS if getattr(self, f"{hook}_id")), self)

    def clean(self) -> None:
        super().clean()
        if not any(getattr(self, name) for name in self.PLACES):
            raise ValidationError({"deal": _("Name the deal, lead, person or organization it belongs to.")})

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Add it; its author is who adds it, where no other is named."""
        if self.author_id is None:
            self.author_id = actor(by).id
        self.created_at = self.created_at or at or timezone.now()
        return super().add(by=by, at=at)
