"""The pipeline that set-up made so that there is a board gives way where an import brings the company's own."""

from __future__ import annotations

from leadline.accounts.actors import By
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.crm.pipelines import delete_pipeline
from leadline.history.models import Change


def give_way(by: By) -> None:
    """Delete it, into the trash, if nobody ever touched it, no deal was in it, and there is another."""
    kept = list(Pipeline.objects.kept())
    for pipeline in kept[: len(kept) - 1]:
        if made_at_set_up(pipeline) and not Deal._base_manager.filter(pipeline=pipeline).exists():
            delete_pipeline(pipeline, by=by)


def made_at_set_up(pipeline: Pipeline) -> bool:
    """Nobody was signed in when it was made, and nothing about it has changed since."""
    stages = Stage._base_manager.filter(pipeline=pipeline).values_list("pk", flat=True)
    changes = Change.objects.filter(entity=Pipeline.ENTITY, record_id=pipeline.pk) | Change.objects.filter(
        entity=Stage.ENTITY, record_id__in=list(stages)
    )
    return all(change.verb == Change.CREATE and change.by_id is None and change.via == "web" for change in changes)
