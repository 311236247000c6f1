"""A pipeline and its stages: the way a buyer buys, as the seller sees it (R1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import By, actor
from leadline.crm.models.qualifying import restaged
from leadline.history.recorded import Done, Recorded
from leadline.history.statements import Statement
from leadline.history.writing import writing

# R1: the default pipeline, with the days after which an untouched deal rots (R3).
DEFAULT_STAGES = (
    (gettext_lazy("Target"), 10),
    (gettext_lazy("Contacted"), 7),
    (gettext_lazy("Meeting agreed"), 7),
    (gettext_lazy("Proposal sent"), 10),
    (gettext_lazy("Close"), 7),
)


class Pipeline(Recorded):
    """Stages in their order. `position` orders pipelines; the first is where new deals go."""

    ENTITY: ClassVar[str] = "pipeline"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "position", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "position"})

    name = models.CharField(gettext_lazy("name"), max_length=120)
    position = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def default(cls) -> Pipeline | None:
        """Where a deal goes that names no pipeline."""
        found: Pipeline | None = _default.record()
        return found

    def kept_stages(self) -> models.QuerySet[Stage]:
        """The stages in order, without deleted ones."""
        return Stage.objects.kept().filter(pipeline=self).order_by("position", "pk")

    def first_stage(self) -> Stage | None:
        found: Stage | None = _first_stage.record(self.pk)
        return found

    def reorder(self, stage_ids: list[int], *, by: By) -> None:
        """Put the stages in this order; all of them must be named."""
        doer = actor(by).together()
        stages = {stage.pk: stage for stage in self.kept_stages()}
        if set(stage_ids) != set(stages) or len(stage_ids) != len(stages):
            raise ValidationError({"stages": _("Name every stage of the pipeline once.")})
        with writing():
            for position, pk in enumerate(stage_ids):
                stages[pk].edit(by=doer, position=position)


class Stage(Recorded):
    """A step that mirrors a decision of the buyer; a deal idle in it for longer than `rot_days` rots."""

    ENTITY: ClassVar[str] = "stage"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "pipeline_id",
        "name",
        "position",
        "rot_days",
        "probability",
        "buyer_decision",
        "exit_criteria",
        "review_on",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset(TRACKED) - {"pipeline_id", "external_id", "deleted_at"}

    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="stages")
    name = models.CharField(gettext_lazy("name"), max_length=120)
    position = models.PositiveIntegerField(default=0)
    rot_days = models.PositiveIntegerField(
        gettext_lazy("rots after days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    probability = models.PositiveSmallIntegerField(
        gettext_lazy("probability in percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    buyer_decision = models.TextField(gettext_lazy("the buyer's decision"), blank=True, default="")
    exit_criteria = models.TextField(gettext_lazy("exit criteria"), blank=True, default="")
    review_on = models.DateField(gettext_lazy("to be revised on"), null=True, blank=True)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering = ["pipeline_id", "position", "pk"]
        indexes = [models.Index(fields=["pipeline", "position"], name="stage_order")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """Which items count for a deal's score changes with the order of the stages, and with one that goes."""
        restaged(part.record.pipeline_id for part in done if part.old.keys() & {"position", "deleted_at"})

    @classmethod
    def kept(cls, pk: int) -> Stage | None:
        """The stage with this number, unless it has been deleted."""
        found: Stage | None = _kept_stage.record(pk)
        return found


# Asked by every addition and every move.
_default = Statement(lambda: Pipeline.objects.kept().order_by("position", "pk")[:1])
_first_stage = Statement(lambda: Stage.objects.kept().filter(pipeline=0).order_by("position", "pk")[:1])
_kept_stage = Statement(lambda: Stage.objects.kept().filter(pk=0))
