"""What a deal lacks to move on (R2): the required items of the stages that it leaves and passes."""

from __future__ import annotations

from leadline.crm.models import Deal, Stage
from leadline.crm.models.qualifying import Missing
from leadline.crm.playbooks.holding import held
from leadline.crm.playbooks.standing import answered
from leadline.crm.playbooks.versions import place, published_in, versions_for
from leadline.history.statements import Statement

_stages = Statement(lambda: Stage.objects.kept().filter(pipeline=0).order_by("position", "pk"))


def missing(deal: Deal, stage: Stage | None) -> Missing | None:
    """(stage, item) of what is required, and neither answered nor waived, before the deal comes to the stage.

    None for the stage: before it is won, which passes every stage that is left. None is the answer where no stage of
    the deal's pipeline asks for anything, which one question finds out.
    """
    if deal.stage_id is None or (stage is not None and stage.pipeline_id != deal.pipeline_id):
        return []
    versions = published_in(deal.pipeline_id)
    if not versions:
        return None
    stages = [each for each in passed(deal, stage) if each.pk in versions]
    books = versions_for([deal], stages, versions) if stages else {}
    asked = [(each, item) for each in stages for item in _required(books[deal.pk, each.pk])]
    if not asked:
        return []
    has = held([deal], [item for _stage, item in asked])[deal.pk]
    return [(each, item) for each, item in asked if not answered(item, has).settled]


def passed(deal: Deal, target: Stage | None) -> list[Stage]:
    """The stages that the deal leaves and passes on its way: none on a way back, or into another pipeline."""
    if deal.stage is None or (target is not None and target.pipeline_id != deal.pipeline_id):
        return []
    here, end = place(deal.stage), place(target) if target else None
    stages: list[Stage] = _stages.records(deal.pipeline_id)
    return [stage for stage in stages if here <= place(stage) and (end is None or place(stage) < end)]


def _required(book: object) -> list[dict[str, object]]:
    return [item for item in getattr(book, "items", ()) if item["required"]]
