"""Setting one field by the verb that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.crm.models import Deal, Stage
from leadline.history.numbers import number_of


def set_field(field: Any, record: Any, value: Any, by: By, expect: Mapping[str, Any]) -> None:
    """See `Field.set`; `expect` is {"was": value} or empty."""
    if not field.editable:
        raise ValidationError({field.attname: _("%(field)s cannot be edited.") % {"field": field.word}})
    seen = {field.attname: expect["was"]} if "was" in expect else None
    if field.custom is not None:
        own_seen = {field.custom: expect["was"]} if "was" in expect else None
        record.set_own({field.custom: value}, by=by, expect=own_seen)
    elif isinstance(record, Deal) and field.name in ("stage", "pipeline"):
        record.move_to(_stage(field, value), by=by, expect=seen)
    else:
        record.edit(by=by, expect=seen, **{field.attname: value})


def _stage(field: Any, pk: int) -> Stage:
    """The stage, or the first one of the pipeline."""
    stages = Stage.objects.kept().order_by("position", "pk")
    chosen = stages.filter(**{"pk" if field.name == "stage" else "pipeline": number_of(pk)})
    found: Stage | None = chosen.first() if number_of(pk) is not None else None
    if found is None:
        raise ValidationError({field.attname: _("Choose one of the list.")})
    return found
