"""What playbooks have to say (R2) when a deal moves on, and when something changes by which it is qualified.

`crm.playbooks` reads deals and what hangs on them, which is why it hangs itself in here rather than being imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor

Item = dict[str, Any]  # as `playbook_items` says
Missing = list[tuple[Any, Item]]  # (stage, item)

# Each is one function, or none while nothing hangs itself in.
# (deal, target stage, None for won) -> what is missing; None where no stage of the deal's pipeline asks for anything
ASKS: list[Callable[[Any, Any], Missing | None]] = []
WINDS: list[Callable[[Iterable[int]], object]] = []  # deals by id -> their scores are what their answers say
RESTAGED: list[Callable[[Iterable[int]], object]] = []  # pipelines by id -> the same of their deals, beside requests


class MissingItems(ValidationError):
    """A deal does not move on: `items` are what its playbooks ask for first, each with its stage.

    `stage` is where `deals` were to go; None: they were to be won.
    """

    def __init__(self, items: Missing, deal: Any = None, stage: Any = None) -> None:
        self.items, self.stage = items, stage
        self.deals = [deal] if deal is not None else []  # whoever moves several at once names them all
        super().__init__({"stage": list(_said(items))})


def _said(items: Missing) -> Iterable[str]:
    stages = {stage.pk: stage for stage, _item in items}
    for pk, stage in stages.items():
        names = ", ".join(item["name"] for of, item in items if of.pk == pk)
        yield _("%(stage)s asks for: %(items)s.") % {"stage": stage, "items": names}


def require_items(deal: Any, stage: Any | None, by: By) -> None:
    """Raises MissingItems where a person moves a deal on (None: wins it) whose playbooks ask for something first.

    Only a person's hand is asked: imports, rules and what is taken back are not.
    """
    if not actor(by).human:
        return
    found = [ask(deal, stage) for ask in ASKS]
    if missing := [each for part in found for each in part or ()]:
        raise MissingItems(missing, deal, stage)
    deal.unasked = all(part is None for part in found)


def unscored(deal: Any) -> bool:
    """Whether a move has just found that nothing is asked in the deal's pipeline, so that there is no score to wind."""
    return deal.score is None and bool(deal.__dict__.pop("unasked", False))


def requalify(deal_ids: Iterable[int | None]) -> None:
    """Something changed by which these deals are qualified: their scores follow."""
    wanted: Sequence[int] = sorted({pk for pk in deal_ids if pk})
    for wind in WINDS if wanted else ():
        wind(wanted)


def restaged(pipeline_ids: Iterable[int]) -> None:
    """The stages of these pipelines are others, or stand in another order: the scores of their deals follow."""
    wanted = sorted(set(pipeline_ids))
    for follow in RESTAGED if wanted else ():
        follow(wanted)
