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
ASKS: list[Callable[[Any, Any], Missing]] = []  # (deal, target stage, None for won) -> what is missing
WINDS: list[Callable[[Iterable[int]], object]] = []  # deals by id -> their scores are what their answers say


class MissingItems(ValidationError):
    """A deal does not move on: `items` are what its playbooks ask for first, each with its stage."""

    def __init__(self, items: Missing) -> None:
        self.items = items
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
    if actor(by).human and (missing := [each for ask in ASKS for each in ask(deal, stage)]):
        raise MissingItems(missing)


def requalify(deal_ids: Iterable[int | None]) -> None:
    """Something changed by which these deals are qualified: their scores follow."""
    wanted: Sequence[int] = sorted({pk for pk in deal_ids if pk})
    for wind in WINDS if wanted else ():
        wind(wanted)
