"""The value of an answer: as it is kept for each kind of item, whether it answers, how it is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leadline.crm.models import ItemKind
from leadline.crm.models.qualifying import Item
from leadline.history.values import EMPTY

LONGEST = 10_000  # characters of a text
LARGEST = Decimal(10) ** 15
DECIMALS = 30  # places behind the point
YES = {True, "true", "on", "1", "yes"}
# That they are there is the answer.
HANGING = {ItemKind.PERSON, ItemKind.FILE, ItemKind.ACTIVITY}


def kept(item: Item, value: Any) -> Any:
    """The value as it is kept, of what a person gave; None for none. Raises ValidationError by the item's key."""
    if value in EMPTY or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return _KEPT[ItemKind(item["kind"])](item, value)
    except (ValueError, TypeError, InvalidOperation, KeyError) as error:
        message = _("%(item)s: %(value)s is %(wrong)s.")
        words = {"item": item["name"], "value": str(value)[:80], "wrong": _wrong(item["kind"])}
        raise ValidationError({item["key"]: message % words}) from error


def answers(item: Item, value: Any) -> bool:
    """Whether a kept value answers the item as it is asked now: a choice may have gone with its version."""
    try:
        return value is not None and kept(item, value) == value
    except ValidationError:
        return False


def said(item: Item, value: Any) -> str:
    """The kept value as people read it."""
    if item["kind"] == ItemKind.TICK:
        return _("Yes")
    if item["kind"] == ItemKind.CHOICE:
        return str(next(option["name"] for option in item["options"] if option["key"] == value))
    if item["kind"] == ItemKind.DATE:
        return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")
    return str(value)


def earned(item: Item, value: Any) -> int:
    """What an answer earns of the item's weight, in percent."""
    if item["kind"] != ItemKind.CHOICE:
        return 100
    return int(next(option["points"] for option in item["options"] if option["key"] == value))


def _tick(_item: Item, value: Any) -> bool | None:
    return True if (value if isinstance(value, bool) else str(value).strip().casefold() in YES) else None


def _text(_item: Item, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.strip()[:LONGEST].strip()


def _choice(item: Item, value: Any) -> str:
    given = str(value).strip()
    wanted = (option["key"] for option in item["options"] if given in (option["key"], option["name"]))
    if (key := next(wanted, None)) is None:
        raise ValueError
    return str(key)


def _number(_item: Item, value: Any) -> str:
    if isinstance(value, bool):
        raise TypeError
    number = Decimal(str(value).strip().replace(",", "."))
    if not number.is_finite() or abs(number) > LARGEST or len(number.as_tuple().digits) > 30:
        raise ValueError
    if number and number.adjusted() < -DECIMALS:  # a short exponent writes a million zeros
        raise ValueError
    return format(number if number else Decimal(0), "f")


def _date(_item: Item, value: Any) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return dt.date.fromisoformat(str(value).strip()).isoformat()


def _file(_item: Item, value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError
    return int(value)


def _none(_item: Item, _value: Any) -> Any:
    raise ValueError


_KEPT = {
    ItemKind.TICK: _tick,
    ItemKind.TEXT: _text,
    ItemKind.CHOICE: _choice,
    ItemKind.NUMBER: _number,
    ItemKind.DATE: _date,
    ItemKind.FILE: _file,
    ItemKind.PERSON: _none,
    ItemKind.ACTIVITY: _none,
}


def _wrong(kind: str) -> str:
    return {
        ItemKind.CHOICE: _("none of the choices"),
        ItemKind.NUMBER: _("no number"),
        ItemKind.DATE: _("no day; write it as 2026-11-23"),
        ItemKind.FILE: _("no file of this deal"),
        ItemKind.PERSON: _("not written here: add the person to the deal with this role"),
        ItemKind.ACTIVITY: _("not written here: the activity is done, or it is not"),
    }.get(ItemKind(kind), _("not what is asked for"))
