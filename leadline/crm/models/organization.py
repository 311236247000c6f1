"""A company or other body that buys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leadline.crm.models.fit import refit
from leadline.crm.models.record import COMMON, Record
from leadline.history.recorded import Done


class Organization(Record):
    """An organization; `domain` is that of its e-mail addresses, small letters, the best key against copies."""

    ENTITY: ClassVar[str] = "organization"
    OWN: ClassVar[tuple[str, ...]] = ("name", "domain", "website", "address", "industry")
    TRACKED: ClassVar[tuple[str, ...]] = (*OWN, "merged_into_id", *COMMON)
    EDITABLE: ClassVar[frozenset[str]] = Record.EDITABLE | frozenset(OWN)

    name = models.CharField(_("name"), max_length=255)
    domain = models.CharField(_("domain"), max_length=255, blank=True, default="")
    website = models.CharField(_("website"), max_length=500, blank=True, default="")
    address = models.TextField(_("address"), blank=True, default="")
    industry = models.CharField(_("industry"), max_length=255, blank=True, default="")

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["domain"], name="organization_domain"),
            models.Index(fields=["name"], name="organization_name"),
            models.Index(Lower("name"), name="organization_by_name"),
            models.Index(fields=["external_id"], name="organization_external"),
            models.Index(
                fields=["deleted_at"], name="organization_trash", condition=models.Q(deleted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        refit(done)

    def clean(self) -> None:
        super().clean()
        self.domain = self.domain.strip().lower().removeprefix("www.")
