"""From what a form gives to what a field takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from leadline.history.cleaning import LARGEST, in_our_time
from leadline.history.numbers import number_of

TRUE = frozenset({"1", "true", "yes", "on"})


def clean(field: Any, given: Any) -> Any:
    """See `Field.clean`."""
    if field.custom is not None:
        return given  # own fields clean themselves: crm.models.custom_values
    if given is None or (isinstance(given, str) and not given.strip()):
        return _empty(field)
    try:
        return CLEAN[field.kind.value](field, given)
    except (ValueError, TypeError, InvalidOperation, OverflowError) as error:
        raise ValidationError({field.attname: _expected(field, given)}) from error


def _empty(field: Any) -> Any:
    if field.required:
        raise ValidationError({field.attname: _("%(field)s cannot be empty.") % {"field": field.word}})
    if field.kind.value in ("labels", "choices", "addresses"):
        return []
    return {"text": "", "long": "", "choice": "" if field.attname == "currency" else None, "flag": False}.get(
        field.kind.value
    )


def _text(field: Any, given: Any) -> str:
    return str(given).strip()


def _decimal(field: Any, given: Any) -> Decimal:
    number = Decimal(str(given).strip())
    if not number.is_finite():
        raise ValueError(given)
    if abs(number) >= LARGEST:
        raise ValidationError({field.attname: _("This number is too large.")})
    return number


def _whole(field: Any, given: Any) -> int:
    number = number_of(given)
    if number is None:
        raise ValueError(given)
    return number


def _number(field: Any, given: Any) -> Decimal | int:
    return _whole(field, given) if field.name == "minutes" else _decimal(field, given)


def _day(field: Any, given: Any) -> dt.date:
    day = given if isinstance(given, dt.date) else dt.date.fromisoformat(str(given).strip())
    in_our_time(day, field.attname)
    return day


def _moment(field: Any, given: Any) -> dt.datetime:
    moment = given if isinstance(given, dt.datetime) else parse_datetime(str(given).strip())
    if moment is None or moment.tzinfo is None:
        raise ValueError(given)
    in_our_time(moment, field.attname)
    return moment


def _flag(field: Any, given: Any) -> bool:
    return given if isinstance(given, bool) else str(given).lower() in TRUE


def _choice(field: Any, given: Any) -> Any:
    known = {str(value): value for value, _word in field.choices}
    if not known:  # currencies and such: a table of their own checks them
        return str(given).strip()
    return known[str(given)] if str(given) in known else _refuse(given)


def _refuse(given: Any) -> Any:
    raise ValueError(given)


def _ids(field: Any, given: Any) -> list[int]:
    items: Iterable[Any] = given.split(",") if isinstance(given, str) else given
    return sorted({_whole(field, item) for item in items if str(item).strip()})


def _addresses(field: Any, given: Any) -> list[dict[str, Any]]:
    """Lines of a text, or a list; the first is the primary one. A line may be `address (label)`."""
    if isinstance(given, list) and all(isinstance(item, dict) for item in given):
        return given
    lines = given.splitlines() if isinstance(given, str) else given
    found = [_address(str(line)) for line in lines if str(line).strip()]
    return [{**item, "primary": n == 0} for n, item in enumerate(found)]


def _address(line: str) -> dict[str, Any]:
    value, _open, label = line.strip().partition(" (")
    return {"value": value.strip(), "label": label.rstrip(") ") if label else ""}


def _expected(field: Any, given: Any) -> str:
    what = {
        "money": _("Write a number, such as 1200.50."),
        "number": _("Write a number, such as 12."),
        "day": _("Write a day, such as 2026-11-22."),
        "moment": _("Write a day and a time, such as 2026-11-22 14:30."),
        "link": _("Choose one of the list."),
        "choice": _("Choose one of the list."),
    }.get(field.kind.value, _("This cannot be read."))
    return _("“%(given)s” does not fit here. %(what)s") % {"given": _told(given), "what": what}


def _told(given: Any) -> str:
    """Its beginning; a number of thousands of digits is not even written."""
    return "…" if isinstance(given, int) and number_of(abs(given)) is None else str(given)[:80]


CLEAN: dict[str, Callable[[Any, Any], Any]] = {
    "text": _text,
    "long": _text,
    "money": _decimal,
    "number": _number,
    "day": _day,
    "moment": _moment,
    "flag": _flag,
    "link": _whole,
    "choice": _choice,
    "choices": _ids,
    "labels": _ids,
    "addresses": _addresses,
}
