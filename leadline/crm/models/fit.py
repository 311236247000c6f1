"""Who fits: the criteria of the ideal client, each a filter with a weight (R44).

`crm.fitting` reads records by filters, which know the models; it hangs itself in here rather than being imported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.recorded import Done, Recorded

# What criteria may ask of each kind, as attributes: with a change of one of these the fit may be another. What becomes
# of a deal or lead is not among them, so that a fit never says again how it ended, and a move costs nothing.
SAID: dict[str, frozenset[str]] = {
    "lead": frozenset({
        "title", "organization_id", "person_id", "source_id", "campaign_id", "value", "currency", "label_ids", "custom",
    }),
    "deal": frozenset({
        "title", "organization_id", "person_id", "source_id", "campaign_id", "value", "value_base", "currency",
        "revenue_type", "pipeline_id", "label_ids", "custom",
    }),
    "person": frozenset({
        "name", "organization_id", "job_title", "emails", "phones", "first_name", "last_name", "label_ids", "custom",
    }),
    "organization": frozenset({"name", "domain", "industry", "website", "address", "label_ids", "custom"}),
}  # fmt: skip
BEGUN: frozenset[str] = frozenset({"lead", "deal"})  # a new one of these has a fit; on a new person nothing hangs yet

FITS: list[Callable[[str, Collection[int]], object]] = []  # (kind, ids) -> the fits that rest on these are right
ANEW: list[Callable[[], object]] = []  # the criteria are others: all fits are looked at again


def refit(done: Sequence[Done]) -> None:
    """Something was done to records of one kind: what rests on it follows."""
    if not done:
        return
    kind = done[0].record.ENTITY
    ids = {part.record.pk for part in done if (part.old.keys() & SAID[kind] if part.old else kind in BEGUN)}
    for follow in FITS if ids else ():
        follow(kind, ids)


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

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """All fits are worked out again, beside requests; another name or place changes none."""
        if any(not part.old or part.old.keys() & {"of", "query", "weight", "deleted_at"} for part in done):
            for anew in ANEW:
                anew()


class FitSweep(models.Model):
    """How far all records have the fit that the criteria give: one row, kept by `crm.fitting.sweeping`, in no log.

    `fingerprint` tells the criteria that are being gone by, "" where all is to be begun again. `step` is the place
    among the steps of a sweep, the number of steps where it is through; `after` the last record that is done.
    """

    fingerprint = models.CharField(max_length=64, blank=True, default="")
    step = models.PositiveSmallIntegerField(default=0)
    after = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.fingerprint
