"""One value of the log as the reader writes it. An empty value is an empty text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from leadline.crm.models import CustomField, Kind
from leadline.web.frame import formats
from leadline.web.wording.fields import field_of
from leadline.web.wording.naming import Names, shortened

LISTED = {"label_ids": "label", "mention_ids": "user", "recipient_ids": "user", "lacks": "lack"}
MONEY = frozenset({"value", "unit_price"})  # in the record's own currency
RECORDS = {Kind.PERSON: "person", Kind.ORGANIZATION: "organization", Kind.USER: "user"}


def wanted(kind: str, values: Mapping[str, Any], names: Names) -> None:
    """Tells `names` which records these values name."""
    for name, value in values.items():
        if name == "custom":
            for key, own in (value or {}).items():
                field = names.own_fields().get(key)
                if field is not None and field.kind in RECORDS:
                    names.want(RECORDS[Kind(field.kind)], [own])
        elif name in LISTED:
            names.want(LISTED[name], value or [])
        elif name.endswith("_id") and (target := linked_kind(kind, name)):
            names.want(target, [value])


def linked_kind(kind: str, name: str) -> str:
    """ "user" of a deal's "owner_id"; "" where the field is no link."""
    field = field_of(kind, name)
    related = getattr(field, "related_model", None)
    return getattr(related, "ENTITY", "") if related else ""


def written(kind: str, name: str, value: Any, record: Mapping[str, Any], names: Names) -> str:
    """The value of a field; `record` is the whole record at that time, for the currency of its money."""
    if value in (None, "", [], {}):
        return ""
    if name in LISTED:
        return ", ".join(names.of(LISTED[name], pk) for pk in value)
    if isinstance(value, list):
        words = ("value", "label", "name")
        items = [item for item in value if isinstance(item, dict)]
        return ", ".join(str(next(filter(None, map(item.get, words)), "")) for item in items)
    if target := linked_kind(kind, name) if name.endswith("_id") else "":
        return names.of(target, value)
    return _plain(kind, name, value, record)


def own_written(field: CustomField, value: Any, names: Names) -> str:
    """The value of one of the company's own fields."""
    if value in (None, "", []):
        return ""
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(field.labels.get(option, str(option)) for option in chosen)
    if field.kind in RECORDS:
        return names.of(RECORDS[Kind(field.kind)], value)
    if field.kind == Kind.DATE:
        return formats.day(dt.date.fromisoformat(value))
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        return amount(value)
    return shortened(value)


def amount(value: Any) -> str:
    """A number with as many decimals as it has, up to three."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    exponent = number.normalize().as_tuple().exponent
    return formats.number(number, min(3, -exponent) if isinstance(exponent, int) and exponent < 0 else 0)


def _plain(kind: str, name: str, value: Any, record: Mapping[str, Any]) -> str:
    field = field_of(kind, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return formats.moment(dt.datetime.fromisoformat(value))
    if isinstance(field, models.DateField):
        return formats.day(dt.date.fromisoformat(value))
    if isinstance(field, models.DecimalField):
        return _money(name, value, record) or amount(value)
    return amount(value) if isinstance(value, int) else shortened(value, kind if name == "text" else "")


def _money(name: str, value: Any, record: Mapping[str, Any]) -> str:
    currency = record.get("currency") if name in MONEY else None
    return formats.money(Decimal(str(value)), str(currency)) if currency else ""
