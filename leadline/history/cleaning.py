"""Making a record's fields what the database will give back, before the log takes them down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import visible


def clean_times(record: models.Model) -> None:
    """A time without a zone is UTC."""
    for field in record._meta.fields:
        value = getattr(record, field.attname)
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            setattr(record, field.attname, value.replace(tzinfo=dt.UTC))


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
    key = field.target_field.to_python(value)
    if not visible(field.related_model._base_manager.filter(pk=key), doer).exists():
        raise ValidationError({field.name: _("There is none with the number %(value)s.") % {"value": value}})
    return int(key)
