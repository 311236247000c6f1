"""Who fits: the criteria of the ideal client, each a filter with a weight (R44)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.recorded import Recorded


class FitOf(models.TextChoices):
    """What a criterion looks at: the record itself, or whom it is about."""

    ORGANIZATION = "organization", _("Organization")
    PERSON = "person", _("Person")
    LEAD = "lead", _("Lead")
    DEAL = "deal", _("Deal")


class FitCriterion(Recorded):
    """`query` is a filter over `of`, in the language of lists; who meets it earns `weight` (below 0: loses it).

    `crm.fitting` says how they add up to a fit of 0 to 100.
    """

    ENTITY: ClassVar[str] = "fit_criterion"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "of", "query", "weight", "position", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "of", "query", "weight", "position"})

    name = models.CharField(_("name"), max_length=120)
    of = models.CharField(_("of"), max_length=12, choices=FitOf.choices, default=FitOf.ORGANIZATION)
    query = models.TextField(_("condition"), blank=True, default="")
    weight = models.SmallIntegerField(
        _("weight"), default=10, validators=[MinValueValidator(-100), MaxValueValidator(100)]
    )
    position = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
