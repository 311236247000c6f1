"""Two names for the same thing become one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.permissions import require
from leadline.crm.models.finding import ListHolds
from leadline.crm.using import LISTED, links_to
from leadline.history.bulk import change_each
from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models
from leadline.history.writing import writing


def join(lose: Recorded, keep: Recorded, *, by: By) -> int:
    """Everything that points at `lose` points at `keep` from now on, and `lose` goes into the trash, in one act.

    Whoever may delete the row may do this: nobody's permission about a single record is asked, and none is touched
    (R3). Returns how many records changed. Raises ValidationError where the two are not two kept rows of one kind,
    PermissionDenied.
    """
    doer = actor(by).together()
    require(doer, "delete", lose)
    if type(lose) is not type(keep) or lose.pk == keep.pk or keep.deleted_at or lose.deleted_at:
        raise ValidationError({"into": _("Choose another one of the list.")})
    with writing():
        changed = _relist(lose, keep, doer) if type(lose) in LISTED else _repoint(lose, keep, doer)
        lose.trash(by=doer)  # last, so that an undo puts it back before anything points at it again
    return changed


def _repoint(lose: Recorded, keep: Recorded, doer: Actor) -> int:
    changed = 0
    for model, name in links_to(type(lose)):
        pointing = model.objects.filter(**{name: lose.pk})
        changed += change_each(pointing, _setter(name.removesuffix("_id"), keep), by=doer.by_rule())
    return changed


def _setter(name: str, value: models.Model) -> Callable[[Any], None]:
    return lambda record: setattr(record, name, value)


def _relist(lose: Recorded, keep: Recorded, doer: Actor) -> int:
    column = LISTED[type(lose)]

    def change(record: Any) -> None:
        setattr(record, column, sorted({keep.pk if pk == lose.pk else pk for pk in getattr(record, column)}))

    bearing = [model for model in recorded_models().values() if column in model.TRACKED]
    return sum(
        change_each(model.objects.filter(ListHolds(column, lose.pk)), change, by=doer.by_rule()) for model in bearing
    )
