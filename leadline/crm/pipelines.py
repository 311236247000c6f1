"""Deeds that span a pipeline, its stages and their deals."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.permissions import require
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.crm.models.pipeline import DEFAULT_STAGES
from leadline.crm.naming import add_named
from leadline.crm.ordering import behind
from leadline.history.bulk import change_each
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
        _add_default_stages(pipeline, doer)
    return pipeline


def _add_default_stages(pipeline: Pipeline, doer: Actor) -> None:
    for position, (name, days) in enumerate(DEFAULT_STAGES):
        Stage(pipeline=pipeline, name=str(name), position=position, rot_days=days).add(by=doer)


def start_pipeline(name: str, *, by: By) -> Pipeline:
    """A pipeline under a name of its own with R1's default stages, behind those there are."""
    doer = actor(by).together()
    with writing():
        added: Pipeline = add_named(Pipeline(name=name, position=behind(Pipeline.objects.kept())), by=doer)
        _add_default_stages(added, doer)
    return added


def copy_pipeline(pipeline: Pipeline, name: str, *, by: By) -> Pipeline:
    """Another pipeline with the same stages and what is said about them, without deals, behind those there are."""
    doer = actor(by).together()
    with writing():
        copy: Pipeline = add_named(Pipeline(name=name, position=behind(Pipeline.objects.kept())), by=doer)
        for stage in pipeline.kept_stages():
            Stage(pipeline=copy, **{fact: getattr(stage, fact) for fact in Stage.EDITABLE}).add(by=doer)
    return copy


def add_stage(pipeline: Pipeline, name: str, *, by: By) -> Stage:
    """A stage behind those there are. Raises ValidationError, PermissionDenied."""
    with writing():
        position = behind(pipeline.kept_stages())
        added: Stage = add_named(Stage(pipeline=pipeline, name=name, position=position), by=by)
    return added


def delete_stage(stage: Stage, *, by: By, destination: Stage | None = None) -> int:
    """Move the stage's deals, closed and trashed ones too, to `destination` and delete it; returns how many moved.

    Whoever may delete the stage may move them: nobody's permission about a single deal is asked, and no deal is touched
    (R3). Raises ValidationError where deals stand in it and no other kept stage is named, PermissionDenied.
    """
    doer = actor(by).together()
    with writing():
        moved = _empty(Deal.objects.filter(stage=stage), stage, destination, doer)
        stage.trash(by=doer)
    return moved


def delete_pipeline(pipeline: Pipeline, *, by: By, destination: Stage | None = None) -> int:
    """Delete a pipeline and its stages, moving all its deals to `destination`; returns how many moved."""
    doer = actor(by).together()
    with writing():
        moved = _empty(Deal.objects.filter(pipeline=pipeline), pipeline, destination, doer)
        for stage in pipeline.kept_stages():
            stage.trash(by=doer)
        pipeline.trash(by=doer)
    return moved


def _empty(deals: QuerySet[Deal], place: Stage | Pipeline, destination: Stage | None, doer: Actor) -> int:
    require(doer, "delete", place)
    if not deals.exists():
        return 0
    if destination is None or not _kept_elsewhere(destination, place):
        message = _("%(count)d deals stand in %(place)s. Name the stage that they should move to.")
        raise ValidationError({"destination": message % {"count": deals.count(), "place": place.name}})
    return change_each(deals, lambda deal: deal.stand_in(destination), by=doer.by_rule())


def _kept_elsewhere(destination: Stage, place: Stage | Pipeline) -> bool:
    destination.refresh_from_db()
    elsewhere = destination.pipeline_id != place.pk if isinstance(place, Pipeline) else destination.pk != place.pk
    return elsewhere and destination.deleted_at is None
