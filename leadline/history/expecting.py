"""Two people edit one field: the second is told, instead of overwriting what they never saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.history.values import plain


class Conflict(ValidationError):
    """Somebody else has changed these fields since they were shown; `now` holds what stands in them, plain values."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        self.now = dict(now)
        message = _("This was changed to %(value)s in the meantime.")
        super().__init__({name: message % {"value": value if value else _("nothing")} for name, value in now.items()})


def expect_unchanged(record: Any, expected: Mapping[str, Any]) -> None:
    """Raises Conflict naming every field that is not as expected. A form's text is read as the field reads it."""
    now = {name: getattr(record, name) for name in expected}
    conflicts = {name: plain(value) for name, value in now.items() if value != _read(record, name, expected[name])}
    if conflicts:
        raise Conflict(conflicts)


def _read(record: Any, name: str, expected: Any) -> Any:
    field = next(field for field in record._meta.concrete_fields if field.attname == name)
    if expected is None or (expected == "" and field.null):
        return None
    if isinstance(field, models.JSONField):
        return expected
    return (field.target_field if field.remote_field else field).to_python(expected)
