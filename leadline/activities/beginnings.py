"""What a company works with before it has chosen anything: kinds of activity, what came of them, reasons."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import (
    ActivityType,
    Outcome,
    add_default_outcomes,
    add_default_types,
    add_default_work,
)
from leadline.crm.models import DiscardReason, Lack, LostReason, Pipeline
from leadline.history.models import Change
from leadline.history.writing import writing

LOST = (_("Price"), _("Timing"), _("No budget"), _("Competitor"), _("No decision"), _("No need"))
DISCARDED = (_("Not a fit"), _("Cannot be reached"), _("No need"), _("Not now"), _("A copy"), _("Spam"))
LACKS = (_("Nobody who decides"), _("No budget"), _("No need"), _("No date"), _("Cannot be reached"), _("Not a fit"))
NAMES: tuple[tuple[Any, tuple[Any, ...]], ...] = ((LostReason, LOST), (DiscardReason, DISCARDED), (Lack, LACKS))


def begin() -> None:
    """Give what there has never been any of, once: what somebody deleted, or brought with a file, is left as it is.

    Done by Leadline itself, whoever happens to be at the door.
    """
    doer = SYSTEM.together()
    with writing():
        if _never_had(ActivityType):
            add_default_types(by=doer)
        elif _never_said("work"):
            add_default_work(by=doer)
        if _never_had(Outcome):
            add_default_outcomes(by=doer)
        for model, defaults in NAMES:
            for name in defaults if _never_had(model) else ():
                model(name=str(name)).add(by=doer)


def catch_up() -> None:
    """For a company that began before it was given anything; an empty house waits for its people or their files."""
    if Pipeline.objects.exists():
        begin()


def _never_had(model: type[Model]) -> bool:
    """No row, in the trash neither, and none that the log tells of."""
    entity = model.ENTITY  # type: ignore[attr-defined]  # a recorded model
    return not (model._default_manager.exists() or Change.objects.filter(entity=entity).exists())


def _never_said(name: str) -> bool:
    """No type says so much, and none that the log tells of: so it is with types from before there was such a field."""
    logged = Change.objects.filter(entity=ActivityType.ENTITY, after__contains=f'"{name}":')
    return not (ActivityType.objects.exclude(**{name: ""}).exists() or logged.exists())
