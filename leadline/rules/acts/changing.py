"""Changing the record itself: its owner, its labels, a field."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm import conditions
from leadline.crm.assigning.giving import assign
from leadline.crm.fields import Field, FieldKind, fields_of
from leadline.crm.models import Label, Notice, Why, custom_values
from leadline.history.models import Change
from leadline.history.numbers import numbers_of
from leadline.history.values import plain
from leadline.rules.acts import whom
from leadline.rules.acts.act import Act, Doing, Given

ELSEWHERE = frozenset({"owner", "labels"})  # have acts of their own


def settable(kind: str) -> dict[str, Field]:
    """The fields that a rule can set: those that people edit, and of which the value can be chosen or written."""
    linked = conditions.asker().linked
    return {
        name: field
        for name, field in fields_of(kind).items()
        if field.editable and name not in ELSEWHERE and field.kind != FieldKind.ADDRESSES
        if not (field.to and field.options(linked) is None)
    }


def _clean_assign(kind: str, given: Given) -> dict[str, Any]:
    if given.get("user_id") == whom.CHOSEN and kind == "lead":
        return {"user_id": whom.CHOSEN}
    return {"user_id": whom.known(given.get("user_id", "")).pk}


def _assign(doing: Doing) -> dict[str, Any]:
    if doing.given["user_id"] == whom.CHOSEN:
        return _assign_by_rules(doing)
    user = whom.known(doing.given["user_id"])
    same = doing.record.owner_id == user.pk
    doing.record.edit(by=doing.by, owner=user)
    if not same:  # what rules do is no news (crm.noticing), but that it is theirs now is to them
        changes = Change.objects.filter(entity=doing.kind, record_id=doing.record.pk, act=doing.by.act)
        last = changes.order_by("-id").values_list("pk", flat=True)[0]
        given = {"why": Why.GIVEN, "kind": doing.kind, "record_id": doing.record.pk}
        Notice.objects.get_or_create(user=user, change_id=last, defaults=given)
    return {"same": same}


def _assign_by_rules(doing: Doing) -> dict[str, Any]:
    """Only a lead that nobody has: whoever has one keeps it."""
    if doing.record.owner_id:
        return {"same": True}
    given = assign(doing.record, by=doing.by)
    if given is None:
        raise ValidationError({"acts": _("No assignment rule finds somebody for it. See Settings > Assignment.")})
    return {"same": False, "user_id": given.user_id}


def _labels(ids: Any) -> list[Label]:
    found = list(Label.objects.kept().filter(pk__in=numbers_of(ids or ())))
    if not found or len(found) != len(set(ids)):
        raise ValidationError({"acts": _("Choose labels that are there.")})
    return found


def _clean_label(kind: str, given: Given) -> dict[str, Any]:
    labels = _labels(given.get("label_ids"))
    return {"label_ids": sorted(label.pk for label in labels), "off": bool(given.get("off"))}


def _label(doing: Doing) -> dict[str, Any]:
    before, labels = list(doing.record.label_ids), _labels(doing.given["label_ids"])
    (doing.record.unlabel if doing.given["off"] else doing.record.label)(*labels, by=doing.by)
    return {"same": before == doing.record.label_ids}


def _field(kind: str, name: Any) -> Field:
    field = settable(kind).get(str(name))
    if field is None:
        raise ValidationError({"acts": _("This field is not there, or cannot be set. Choose another one.")})
    return field


def _clean_set(kind: str, given: Given) -> dict[str, Any]:
    field, value = _field(kind, given.get("field")), given.get("value", "")
    try:
        kept = custom_values.plain_value(field.custom, value) if field.custom else plain(field.clean(value))
    except ValidationError as error:
        raise ValidationError({"acts": error.messages}) from error
    options = field.options(conditions.asker().linked)
    if kept not in (None, "") and options is not None and not _offered(kept, options):
        raise ValidationError({"acts": _("%(field)s: choose one of the list.") % {"field": field.word}})
    return {"field": field.name, "value": kept}


def _offered(kept: Any, options: Any) -> bool:
    known = {str(value) for value, _word in options}
    return {str(one) for one in (kept if isinstance(kept, list) else [kept])} <= known


def _set(doing: Doing) -> dict[str, Any]:
    field = _field(doing.kind, doing.given["field"])
    before = doing.record.snapshot()
    field.set(doing.record, field.clean(doing.given["value"]), by=doing.by)
    return {"same": before == doing.record.snapshot()}


ASSIGN = Act("assign", gettext_lazy("Give it to somebody"), _clean_assign, _assign)
LABEL = Act("label", gettext_lazy("Put a label on, or take one off"), _clean_label, _label)
SET = Act("set", gettext_lazy("Set a field"), _clean_set, _set)
