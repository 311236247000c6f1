"""The values of own fields: what is kept for each kind, how it is read back, and how records are found by it.

Kept as plain JSON under the field's key: text as it is, number and money as decimal text ("1200.00"), date as
"2026-11-22", choice as the option's id, choices as a list of ids, person, organization and user as the record's id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.accounts.permissions import visible
from leadline.crm.models.custom_field import CustomField, Kind
from leadline.history.cleaning import LARGEST, in_our_time
from leadline.history.numbers import number_of
from leadline.history.registry import model_of

LONGEST = 10_000  # characters of a text


def plain_value(field: CustomField, value: Any) -> Any:
    """The value as it is kept, from what a person or a file gave; None where there is none.

    Choices are taken by id or by label, whatever their case. Raises ValidationError({key: message}) naming the field.
    """
    if value is None or value == "" or value == []:
        return None
    try:
        return _KEPT[field.kind](field, value)
    except (ValueError, TypeError, InvalidOperation, KeyError, OverflowError) as error:
        raise _wrong(field, value) from error


def _wrong(field: CustomField, value: Any) -> ValidationError:
    told = "…" if isinstance(value, int) and number_of(abs(value)) is None else str(value)[:80]
    words = {"field": field.name, "value": told, "kind": _expected(field)}
    return ValidationError({field.key: _("%(field)s: %(value)s is not %(kind)s.") % words})


def typed_value(field: CustomField, value: Any) -> Any:
    """The kept value as Python sees it: Decimal for number and money, date for date, the rest as it is kept."""
    if value is None:
        return None
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        return Decimal(value)
    if field.kind == Kind.DATE:
        return dt.date.fromisoformat(value)
    return value


def words(field: CustomField, value: Any) -> str:
    """The kept value as people read it, and search for it: choices by label, people and colleagues by name."""
    if value is None:
        return ""
    if field.kind == Kind.CHOICE:
        return field.labels.get(value, "")
    if field.kind == Kind.CHOICES:
        return ", ".join(field.labels.get(choice, "") for choice in value)
    if field.kind in RECORDS:
        record = _rows(field.kind).filter(pk=value).first()
        return str(record) if record else ""
    return str(value)


def require_seen(entity: str, values: Any, before: Mapping[str, Any], doer: Actor) -> None:
    """A person, organization or colleague that is newly named is there, and the doer may see them.

    What is hidden is refused as what is not there, so that nobody learns which numbers there are.
    """
    if doer.user is None or not isinstance(values, dict):
        return
    changed = {key: value for key, value in values.items() if value not in (None, "", []) and value != before.get(key)}
    if not changed:
        return
    for field in CustomField.objects.kept().filter(entity=entity, key__in=changed, kind__in=RECORDS):
        pk = number_of(getattr(changed[field.key], "pk", changed[field.key]))
        if pk is None or not visible(_kept(field.kind).filter(pk=pk), doer).exists():
            raise _wrong(field, changed[field.key])


def checked(entity: str, values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """All values as they are kept, empty ones left out. Only what differs from `before` is looked at.

    Raises ValidationError with a message per field, also for a key that no field of this entity has.
    """
    changed = {key: value for key, value in values.items() if value != before.get(key)}
    kept = {key: value for key, value in values.items() if key not in changed}
    if changed:
        fields = {field.key: field for field in CustomField.objects.kept().filter(entity=entity, key__in=changed)}
        kept |= _each(changed, fields)
    return {key: value for key, value in kept.items() if value not in (None, "", [])}


def _each(changed: Mapping[str, Any], fields: Mapping[str, CustomField]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for key, value in changed.items():
        try:
            if key in fields:
                kept[key] = plain_value(fields[key], value)
            elif value not in (None, "", []):
                errors[key] = _("There is no such field here.")
        except ValidationError as error:
            errors |= error.message_dict
    if errors:
        raise ValidationError(errors)
    return kept


def _text(field: CustomField, value: Any) -> str | None:
    text = str(value).strip()
    if len(text) > LONGEST or "\0" in text:
        raise ValueError
    return text or None


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise TypeError
    number = Decimal(str(value).strip())
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError
    return number


def _number(field: CustomField, value: Any) -> str:
    number = round(_decimal(value), 9).normalize()
    return format(number if number else Decimal(0), "f")


def _money(field: CustomField, value: Any) -> str:
    return format(_decimal(value).quantize(Decimal("0.01")), "f")


def _date(field: CustomField, value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value).strip())
    in_our_time(day, field.key)
    return day.isoformat()


def _choice(field: CustomField, value: Any) -> int:
    labels = field.labels
    if isinstance(value, int) and value in labels:
        return value
    by_label = {label.casefold(): pk for pk, label in labels.items()}
    found = by_label.get(str(value).strip().casefold())
    if found is not None:
        return found
    number = number_of(value)
    if number is None or number not in labels:
        raise ValueError
    return number


def _choices(field: CustomField, value: Any) -> list[int] | None:
    several = value if isinstance(value, (list, tuple, set)) else [value]
    return sorted({_choice(field, one) for one in several}) or None


def _record(field: CustomField, value: Any) -> int:
    pk = number_of(getattr(value, "pk", value))
    if pk is None or not _rows(field.kind).filter(pk=pk).exists():
        raise ValueError
    return pk


RECORDS = (Kind.PERSON, Kind.ORGANIZATION, Kind.USER)


def _rows(kind: str) -> Any:
    return User.objects.all() if kind == Kind.USER else model_of(kind).objects.all()


def _kept(kind: str) -> Any:
    return _rows(kind) if kind == Kind.USER else _rows(kind).kept()


_KEPT: dict[str, Callable[[CustomField, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.PERSON: _record,
    Kind.ORGANIZATION: _record,
    Kind.USER: _record,
}


def _expected(field: CustomField) -> str:
    """What a field of this kind takes, for the sentence "... is not ..."."""
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        return _("one of %(labels)s") % {"labels": ", ".join(field.labels.values())}
    return {
        Kind.TEXT: _("a text of at most %(count)d characters") % {"count": LONGEST},
        Kind.NUMBER: _("a number"),
        Kind.MONEY: _("an amount of money"),
        Kind.DATE: _("a date like 2026-11-22"),
    }.get(Kind(field.kind), _("known here"))
