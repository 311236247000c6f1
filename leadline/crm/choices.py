"""The choices of an own field: renamed, added, put in order, and removed with what becomes of the values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.permissions import require
from leadline.crm.models import CustomField, Kind
from leadline.crm.naming import clean_name
from leadline.history.bulk import change_each
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.writing import locked, writing

LONGEST = 255  # characters of a choice


def add_choice(field: CustomField, label: str, *, by: By) -> CustomField:
    """One more choice, at the end. Raises ValidationError without a label or where there is such a choice."""
    with writing():
        option = {"id": _next_id(_fresh(field)), "label": _new(field, label)}
        return _edit(field, [*field.options, option], by)


def rename_choice(field: CustomField, choice: int, label: str, *, by: By) -> CustomField:
    """Another label for the same choice: records that have it show the new one."""
    with writing():
        _known(_fresh(field), choice)
        clean = _new(field, label, besides=choice)
        options = [option | {"label": clean} if option["id"] == choice else option for option in field.options]
        return _edit(field, options, by)


def order_choices(field: CustomField, ids: Sequence[int], *, by: By) -> CustomField:
    """The choices in another order; each must be named once."""
    with writing():
        options = {option["id"]: option for option in _fresh(field).options}
        if sorted(ids) != sorted(options):
            raise ValidationError({"order": _("The list has changed meanwhile. Load the page anew and try once more.")})
        return _edit(field, [options[pk] for pk in ids], by)


def remove_choice(field: CustomField, choice: int, *, by: By, instead: int | None = None) -> int:
    """Take a choice away. Records that have it get the choice `instead`, or none; returns how many those were.

    One act: an undo brings the choice back, then the values. Trashed records are changed too. Raises ValidationError
    for a choice that is none and for the last one, PermissionDenied.
    """
    doer = actor(by).together()
    require(doer, "change", field)
    with writing():
        _known(_fresh(field), choice)
        if instead is not None:
            _known(field, instead)
        if instead == choice:
            raise ValidationError({"instead": _("Choose another choice, or none.")})

        def change(record: Any) -> None:
            value = record.custom.get(field.key)
            record.custom = record.custom | {field.key: _without(value, choice, instead)}

        model = recorded_models()[field.entity]
        bearing: Any = model.objects
        changed = change_each(bearing.own(field, choice), change, by=doer.by_rule())
        _edit(field, [option for option in field.options if option["id"] != choice], doer)
    return changed


def _without(value: Any, choice: int, instead: int | None) -> Any:
    if not isinstance(value, list):
        return instead
    return sorted({*value, *([instead] if instead else [])} - {choice}) or None


def _fresh(field: CustomField) -> CustomField:
    """The field as it is now, kept from other writers."""
    field.refresh_from_db(from_queryset=locked(CustomField._base_manager.all()))
    if field.kind not in (Kind.CHOICE, Kind.CHOICES):
        raise ValidationError({"options": _("Only a field of choices has choices.")})
    return field


def _next_id(field: CustomField) -> int:
    """One that no choice of this field has ever had: old values and the log go on meaning what they meant."""
    changes = Change.objects.filter(entity=field.ENTITY, record_id=field.pk)
    states = [field.options, *(change.new.get("options", []) for change in changes)]
    return 1 + max((option["id"] for options in states for option in options), default=0)


def _known(field: CustomField, choice: int) -> None:
    if choice not in field.labels:
        raise ValidationError({"choice": _("This choice is not there any more.")})


def _new(field: CustomField, label: str, besides: int | None = None) -> str:
    clean = clean_name(label)
    if not clean:
        raise ValidationError({"label": _("A choice needs a label.")})
    if len(clean) > LONGEST:
        raise ValidationError({"label": _("A choice has at most %(count)d characters.") % {"count": LONGEST}})
    taken = {known.casefold() for pk, known in field.labels.items() if pk != besides}
    if clean.casefold() in taken:
        raise ValidationError({"label": _("There is %(name)s already. Choose another name.") % {"name": clean}})
    return clean


def _edit(field: CustomField, options: list[dict[str, Any]], by: By) -> CustomField:
    return field.edit(by=by, options=options)
