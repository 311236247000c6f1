"""Making a record's fields what the database will give back, before the log takes them down."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import visible
from leadline.history.numbers import number_of

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(9999, 12, 30)  # a day from the end: somewhere it is tomorrow
LARGEST = Decimal(10) ** 15  # amounts are below: beyond it SQLite loses cents
BLANK = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # Unicode's categories of what nobody sees
UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by their category, and yet blank


def clean_times(record: models.Model) -> None:
    """A time without a zone is UTC."""
    for field in record._meta.fields:
        value = getattr(record, field.attname)
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            setattr(record, field.attname, value.replace(tzinfo=dt.UTC))


def clean_plainly(record: Any, before: Mapping[str, Any], doer: Actor) -> None:
    """What no column refuses and nobody means: unseen names, days of other ages, amounts beyond all money.

    A file may hold days of any age. Raises ValidationError naming the field.
    """
    for field in record._meta.fields:
        value = getattr(record, field.attname)
        if value is None or field.attname not in record.TRACKED or value == before.get(field.attname):
            continue
        if isinstance(value, str) and "\0" in value:
            raise ValidationError({field.name: _("A sign in this text cannot be kept. Write it again without it.")})
        if isinstance(field, models.CharField) and not field.blank and unseen(value):
            raise ValidationError({field.name: _("%(field)s cannot be empty.") % {"field": _word(field)}})
        if isinstance(value, dt.date) and doer.via != "import":
            in_our_time(value, field.name)
        if isinstance(value, Decimal) and abs(value) >= LARGEST:
            raise ValidationError({field.name: _("This number is too large.")})


def unseen(text: str) -> bool:
    """Whether nothing of it can be seen: blanks, and signs without width."""
    return all(unicodedata.category(sign) in BLANK or sign in UNSEEN for sign in text)


def in_our_time(day: dt.date, name: str) -> None:
    """Raises ValidationError for a day or moment that is a slip of the pen."""
    on = day.date() if isinstance(day, dt.datetime) else day
    if not FIRST_DAY <= on <= LAST_DAY:
        early = on < FIRST_DAY
        raise ValidationError(
            {name: _("Choose a day from the year 1900 on.") if early else _("Choose an earlier day.")}
        )


def _word(field: Any) -> str:
    word = str(field.verbose_name)
    return word[:1].upper() + word[1:]


def round_decimals(record: models.Model) -> None:
    """Decimals to the places that the database keeps, so that row and log read the same."""
    for field in record._meta.fields:
        value = getattr(record, field.attname)
        if isinstance(field, models.DecimalField) and value is not None:
            setattr(record, field.attname, value.quantize(Decimal(1).scaleb(-field.decimal_places)))


def clean_links(record: Any, before: Mapping[str, Any], doer: Actor) -> None:
    """A changed link names a record that is there and that the person may see.

    A link set as an object is trusted: the code that set it has read the row. Raises ValidationError naming the field.
    """
    for field in record._meta.fields:
        if field.remote_field is None or field.attname not in record.TRACKED:
            continue
        value = getattr(record, field.attname)
        if value is None:
            if not field.null:
                raise ValidationError({field.name: _("Name one.")})
        elif not field.is_cached(record) and value != before.get(field.attname):
            setattr(record, field.attname, _found(field, value, doer))


def _found(field: Any, value: Any, doer: Actor) -> int:
    key = number_of(value)
    if key is None or not visible(field.related_model._base_manager.filter(pk=key), doer).exists():
        told = value if key is not None else "…"
        raise ValidationError({field.name: _("There is none with the number %(value)s.") % {"value": told}})
    return key
