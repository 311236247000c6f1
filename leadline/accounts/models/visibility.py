"""Who sees and who changes which kind of record."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How far a record is open: to everyone, to its owner's team, to its owner (and whoever leads them)."""

    EVERYONE = "everyone", _("Everyone")
    TEAM = "team", _("The owner's team")
    OWNER = "owner", _("The owner")


class Guarded(models.TextChoices):
    """The kinds of record that have an owner; what hangs on them is seen and changed with them."""

    DEAL = "deal", _("Deals")
    LEAD = "lead", _("Leads")
    PERSON = "person", _("People")
    ORGANIZATION = "organization", _("Organizations")
    ACTIVITY = "activity", _("Activities")


class Visibility(models.Model):
    """The setting of one kind of record (`deal`, `lead`, `person` ...). A kind without a row has the defaults."""

    kind = models.CharField(max_length=32, unique=True, choices=Guarded.choices)
    see = models.CharField(max_length=16, choices=Level.choices, default=Level.EVERYONE)
    change = models.CharField(max_length=16, choices=Level.choices, default=Level.TEAM)

    ENTITY: ClassVar[str] = "visibility"
    TRACKED: ClassVar[tuple[str, ...]] = ("kind", "see", "change")

    class Meta:
        verbose_name_plural = "visibility"

    def __str__(self) -> str:
        return f"{self.kind}: see {self.see}, change {self.change}"

    def snapshot(self) -> dict[str, Any]:
        """The fields that the log keeps."""
        return {name: getattr(self, name) for name in self.TRACKED}


def levels(kind: str) -> tuple[str, str]:
    """(who sees, who changes) records of this kind."""
    row = Visibility.objects.filter(kind=kind).values_list("see", "change").first()
    return row or (Level.EVERYONE, Level.TEAM)
