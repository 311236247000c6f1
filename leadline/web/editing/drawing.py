"""What can be edited in place, and the controls to do it with."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import groupby
from typing import Any

import orjson
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.crm.fields import HIDDEN, Field, FieldKind
from leadline.history.numbers import number_of
from leadline.history.values import plain as plain_json
from leadline.web.editing.showing import shown
from leadline.web.frame import formats
from leadline.web.frame.names import linked
from leadline.web.frame.reader import reader

IN_PLACE = Markup(
    '<span class="in-place{}" data-edit="{}" data-field="{}">{}'
    '<button type="button" class="in-place-open" aria-label="{}"></button></span>'
)
NOTHING = Markup('<span class="not-set">{}</span>')


def editable(record: Any, field: Field, *, may: bool = True) -> Markup:
    """The value with the sign that it can be edited; the bare value where the field or the person cannot."""
    drawn = shown(field, record)
    if not may or not field.editable:
        return drawn or NOTHING.format("–")
    sign = _("Edit %(field)s") % {"field": field.word}
    empty = "" if drawn else " unfilled"
    return IN_PLACE.format(empty, edit_url(field, record.pk), field.name, drawn or NOTHING.format(_("Add")), sign)


def edit_url(field: Field, pk: int) -> str:
    """Where the editor of this field of this record is."""
    before, after = _around(field.entity)
    return f"{before}{pk}/{field.name}{after}"


def was(field: Field, record: Any) -> str:
    """The kept value as JSON, for `Conflict`: what the person saw when they began to edit."""
    return orjson.dumps(plain_json(field.raw(record))).decode()


def form_text(field: Field, record: Any) -> Any:
    """What stands in the control to begin with, as the reader would type it; a list for several."""
    raw = field.raw(record)
    if raw is None or raw == "":
        return ""
    match field.kind:
        case FieldKind.MONEY | FieldKind.NUMBER:
            return formats.typed_number(field.value(record, linked()))
        case FieldKind.MOMENT:
            return f"{raw.astimezone(reader().zone):%Y-%m-%dT%H:%M}"
        case FieldKind.DAY:
            return raw.isoformat() if isinstance(raw, dt.date) else str(raw)
        case FieldKind.ADDRESSES:
            return "\n".join(_line(item) for item in sorted(raw, key=lambda item: not item.get("primary")))
    return raw


def groups(field: Field) -> list[tuple[str, list[tuple[Any, str]]]]:
    """What can be chosen, in groups with a heading: stages by their pipeline, everything else in one without."""
    if field.to != "stage":
        return [("", linked().options(field) or [])]
    kept = [one for one in linked().table("stage") if one.deleted_at is None and one.pipeline.deleted_at is None]
    by_pipeline = groupby(kept, key=lambda one: one.pipeline.name)
    return [(name, [(one.pk, one.name) for one in stages]) for name, stages in by_pipeline]


def looked_up(field: Field) -> str:
    """Where one looks for what there is too much of to list; "" where one chooses from a list."""
    if field.kind is not FieldKind.LINK or linked().options(field) is not None:
        return ""
    return lookup_url(field.to)


def lookup_url(kind: str) -> str:
    """Where records of a kind are looked up by typing."""
    try:
        return reverse("lookup", args=[kind])
    except NoReverseMatch:
        return ""


def name_of(field: Field, current: Any) -> str:
    """What the record of this number is called, to begin a lookup with."""
    number = number_of(current)
    found = linked().get(field.to, number) if number is not None else None
    return "" if found is None or found is HIDDEN else str(found)


def _line(item: dict[str, Any]) -> str:
    return f"{item['value']} ({item['label']})" if item.get("label") else str(item["value"])


@cache
def _around(kind: str) -> tuple[str, str]:
    before, _name, after = reverse("edit", args=[kind, 0, "x"]).rpartition("x")
    return before.removesuffix("0/"), after
