"""A rule as a form or a file gives it, read and checked; what cannot be raises ValidationError with the mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.activities.models import ActivityType
from leadline.crm import conditions
from leadline.crm.fields import Field, FieldKind, field_of, fields_of
from leadline.crm.models import LeadStage, Stage, custom_values
from leadline.history.numbers import number_of
from leadline.history.registry import model_of
from leadline.history.values import plain
from leadline.rules.acts import ACTS
from leadline.rules.whens import When

MOST_ACTS = 10
LONGEST_IDLE, LONGEST_AHEAD = 730, 365  # days
Given = Mapping[str, Any]


def details(kind: str, when: str, given: Any) -> dict[str, Any]:
    """What narrows the cause."""
    read = DETAILS.get(when)
    if not isinstance(given, Mapping):
        raise ValidationError({"details": _("Choose what sets the rule off.")})
    return read(kind, given) if read else {}


def query(kind: str, given: str) -> str:
    """The condition in its one way of writing."""
    return conditions.read(kind, given).query()


def acts(kind: str, given: Any) -> list[dict[str, Any]]:
    """What is done, each with what it needs and nothing else."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_ACTS:
        raise ValidationError({"acts": _("Say what is to be done: 1 to %(most)d things.") % {"most": MOST_ACTS}})
    return [_numbered(kind, one, number if len(given) > 1 else 0) for number, one in enumerate(given, 1)]


def _numbered(kind: str, given: Any, number: int) -> dict[str, Any]:
    """Of several, the error says which."""
    try:
        return _act(kind, given)
    except ValidationError as error:
        if not number:
            raise
        said = [_("No. %(number)d: %(problem)s") % {"number": number, "problem": text} for text in error.messages]
        raise ValidationError({"acts": said}) from error


def _act(kind: str, given: Any) -> dict[str, Any]:
    act = ACTS.get(given.get("do", "")) if isinstance(given, Mapping) else None
    if act is None or kind not in act.kinds:
        raise ValidationError({"acts": _("Choose what is to be done.")})
    return {"do": act.name, **act.clean(kind, given)}


def watchable(kind: str) -> dict[str, Field]:
    """The fields whose values the log tells of, and of which one can be chosen or written."""
    tracked, linked = set(model_of(kind).TRACKED), conditions.asker().linked
    return {
        name: field
        for name, field in fields_of(kind).items()
        if field.attname in tracked and field.kind not in (FieldKind.ADDRESSES, FieldKind.LONG)
        if not (field.to and field.options(linked) is None)
    }


def _entered(kind: str, given: Given) -> dict[str, Any]:
    if kind == "lead":
        if given.get("stage") not in LeadStage.values:
            raise ValidationError({"details": _("Choose a stage.")})
        return {"stage": str(given["stage"])}
    number = number_of(given.get("stage_id", ""))
    if number is None or not Stage.objects.kept().filter(pk=number).exists():
        raise ValidationError({"details": _("Choose a stage.")})
    return {"stage_id": number}


def _changed(kind: str, given: Given) -> dict[str, Any]:
    field, value = watchable(kind).get(str(given.get("field"))), given.get("value", "")
    if field is None:
        raise ValidationError({"details": _("Choose a field.")})
    if value in ("", None, []):
        return {"field": field.name, "value": ""}
    if field.kind in (FieldKind.LABELS, FieldKind.CHOICES):
        value = value if isinstance(value, list) else [value]
    try:
        kept = custom_values.plain_value(field.custom, value) if field.custom else plain(field.clean(value))
    except ValidationError as error:
        raise ValidationError({"details": error.messages}) from error
    if isinstance(kept, list):  # one of those that it may hold
        kept = kept[0]
    return {"field": field.name, "value": kept}


def _days(given: Given, least: int, most: int) -> int:
    days = number_of(given.get("days", ""))
    if days is None or not least <= days <= most:
        raise ValidationError({"details": _("Choose %(least)d to %(most)d days.") % {"least": least, "most": most}})
    return days


def _idle(kind: str, given: Given) -> dict[str, Any]:
    return {"days": _days(given, 1, LONGEST_IDLE)}


def _near(kind: str, given: Given) -> dict[str, Any]:
    try:
        field = field_of(kind, str(given.get("field")))
    except LookupError:
        field = None
    if field is None or field.kind != FieldKind.DAY or not field.column:
        raise ValidationError({"details": _("Choose a date.")})
    return {"field": field.name, "days": _days(given, 0, LONGEST_AHEAD)}


def _done(kind: str, given: Given) -> dict[str, Any]:
    number = number_of(given.get("type_id") or "")
    if number is not None and not ActivityType.objects.kept().filter(pk=number).exists():
        raise ValidationError({"details": _("Choose a kind of activity.")})
    return {"type_id": number, "outcome": str(given.get("outcome") or "").strip()[:255]}


DETAILS: Mapping[str, Callable[[str, Given], dict[str, Any]]] = {
    When.ENTERED: _entered,
    When.CHANGED: _changed,
    When.IDLE: _idle,
    When.NEAR: _near,
    When.DONE: _done,
}
