"""How far a deal is qualified (R2): what its answers earn of the weights of the stages up to where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leadline.crm.models import Deal, Playbook, Stage
from leadline.crm.models.qualifying import Item
from leadline.crm.playbooks import values
from leadline.crm.playbooks.holding import Held, held
from leadline.crm.playbooks.standing import Standing, answered
from leadline.crm.playbooks.versions import place, published_in, versions_for
from leadline.history.statements import Statement

CHUNK = 500
_any = Statement(
    lambda: Playbook.objects.kept().filter(published_at__isnull=False).order_by("pk").values_list("stage_id")
)


@dataclass(frozen=True)
class Part:
    """What one item adds: `earned` of `weight`; a waived one, neither earned nor asked, is left out."""

    stage: Stage
    item: Item
    earned: float
    weight: int


def score(deal: Deal) -> tuple[int | None, list[Part]]:
    """0 to 100, and its parts; None where no item of the stages up to where the deal stands has a weight."""
    parts = _parts_of([deal])[deal.pk]
    return _summed(parts), parts


def wind_scores(deal_ids: Iterable[int]) -> None:
    """The score that is kept with each of these deals is what its answers say now."""
    wanted, asking = sorted(set(deal_ids)), bool(_any.rows())
    for start in range(0, len(wanted), CHUNK):
        rows = Deal.objects.filter(pk__in=wanted[start : start + CHUNK]).select_related("stage")
        deals = list(rows if asking else rows.exclude(score=None))
        parts = _parts_of(deals) if asking else defaultdict(list)
        changed = []
        for deal in deals:
            now = _summed(parts[deal.pk])
            if now != deal.score:
                deal.score = now
                changed.append(deal)
        if changed:
            Deal.objects.bulk_update(changed, ["score"], batch_size=200)


def _summed(parts: Sequence[Part]) -> int | None:
    weight = sum(part.weight for part in parts)
    return int(100 * sum(part.earned for part in parts) / weight + 0.5) if weight else None


def _parts_of(deals: Sequence[Deal]) -> dict[int, list[Part]]:
    """The parts of each deal's score, by its id."""
    stages = _stages_with_playbooks({deal.pipeline_id for deal in deals})
    versions = {pk: each for in_ in {stage.pipeline_id for stage in stages} for pk, each in published_in(in_).items()}
    books = versions_for(deals, stages, versions) if stages else {}
    asked: dict[int, list[tuple[Stage, Item]]] = defaultdict(list)
    for deal in deals:
        for stage in stages:
            book = books[deal.pk, stage.pk]
            if book and deal.stage and stage.pipeline_id == deal.pipeline_id and place(stage) <= place(deal.stage):
                asked[deal.pk] += [(stage, item) for item in book.items if item["weight"]]
    has = held([deal for deal in deals if asked[deal.pk]], [item for each in asked.values() for _stage, item in each])
    return {deal.pk: _parts(asked[deal.pk], has[deal.pk]) for deal in deals}


def _stages_with_playbooks(pipeline_ids: Iterable[int]) -> list[Stage]:
    ids = {pk for (pk,) in _any.rows()}
    rows = Stage.objects.kept().filter(pk__in=ids, pipeline__in=set(pipeline_ids)) if ids else Stage.objects.none()
    return list(rows.order_by("pipeline_id", "position", "pk"))


def _parts(asked: Sequence[tuple[Stage, Item]], has: Held) -> list[Part]:
    found = (part_of(stage, answered(item, has)) for stage, item in asked)
    return [part for part in found if part is not None]


def part_of(stage: Stage, one: Standing) -> Part | None:
    """What an item of the stage adds to the score; None for one without a weight and for what is waived."""
    weight = one.item["weight"]
    if not weight or (one.waived and not one.answered):
        return None
    return Part(stage, one.item, weight * values.earned(one.item, one.value) / 100 if one.answered else 0.0, weight)
