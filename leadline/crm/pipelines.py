"""Deeds that span a pipeline, its stages and their deals."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.crm.models.pipeline import DEFAULT_STAGES
from leadline.history.writing import writing


def add_pipeline(name: str, stages: list[str], *, by: By) -> Pipeline:
    """A pipeline with its stages in order, behind those there are."""
    doer = actor(by).together()
    with writing():
        last = Pipeline.objects.aggregate(last=Max("position"))["last"]
        pipeline: Pipeline = Pipeline(name=name, position=0 if last is None else last + 1).add(by=doer)
        for position, stage in enumerate(stages):
            Stage(pipeline=pipeline, name=stage, position=position).add(by=doer)
    return pipeline


def add_default_pipeline(*, by: By) -> Pipeline:
    """R1's default: Target, Contacted, Meeting agreed, Proposal sent, Close."""
    doer = actor(by).together()
    with writing():
        pipeline: Pipeline = Pipeline(name=_("Sales"), position=0).add(by=doer)
        for position, (name, days) in enumerate(DEFAULT_STAGES):
            Stage(pipeline=pipeline, name=str(name), position=position, rot_days=days).add(by=doer)
    return pipeline


def delete_stage(stage: Stage, *, by: By, destination: Stage | None = None) -> int:
    """Move the stage's deals to `destination` and delete it; returns how many moved.

    Raises ValidationError where deals stand in it and no other kept stage is named.
    """
    doer = actor(by).together()
    with writing():
        deals = list(Deal.objects.filter(stage=stage))
        if deals and (destination is None or destination.pk == stage.pk or destination.deleted_at):
            raise ValidationError(
                {
                    "destination": _("%(count)d deals stand in %(stage)s. Name the stage that they should move to.")
                    % {"count": len(deals), "stage": stage.name}
                }
            )
        for deal in deals:
            deal.move_to(destination, by=doer)
        stage.trash(by=doer)
    return len(deals)


def delete_pipeline(pipeline: Pipeline, *, by: By, destination: Stage | None = None) -> int:
    """Delete a pipeline and its stages, moving all its deals to `destination`; returns how many moved."""
    doer = actor(by).together()
    if destination is not None and destination.pipeline_id == pipeline.pk:
        raise ValidationError({"destination": _("Name a stage of another pipeline.")})
    with writing():
        moved = sum(delete_stage(stage, by=doer, destination=destination) for stage in pipeline.kept_stages())
        rest = Deal.objects.filter(pipeline=pipeline)
        if rest.exists() and destination is None:
            raise ValidationError({"destination": _("Closed deals belong to this pipeline. Name another stage.")})
        for deal in rest:
            deal.move_to(destination, by=doer)
            moved += 1
        pipeline.trash(by=doer)
    return moved
