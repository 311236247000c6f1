"""What somebody typed, in their own way of writing, as a field takes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.crm.fields import Field, FieldKind
from leadline.web.editing.amounts import amount, money
from leadline.web.frame.reader import reader


def typed(field: Field, text: str) -> Any:
    """The value to set. Raises ValidationError that says what is expected."""
    if text.strip():
        if field.kind is FieldKind.MONEY:
            return field.clean(money(text, field.attname)[0])
        if field.kind is FieldKind.NUMBER:
            return field.clean(amount(text, field.attname))
        if field.kind is FieldKind.MOMENT:
            return field.clean(_here(text, field.attname))
    return field.clean(text)


def _here(text: str, name: str) -> dt.datetime:
    """A clock time without a zone is the reader's."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValidationError({name: _("Write a day and a time, such as 2026-11-22 14:30.")}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=reader().zone)
