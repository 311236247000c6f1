"""Two people edit one field: the second is told, instead of overwriting what they never saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.history.values import plain


class Conflict(ValidationError):
    """Somebody else has changed these fields since they were shown; `now` holds what stands in them, plain values."""

    def __init__(self, now: Mapping[str, Any]) -> None:
        self.now = dict(now)
        message = _("This was changed to %(value)s in the meantime.")
        super().__init__({name: message % {"value": value if value else _("nothing")} for name, value in now.items()})


def expect_unchanged(record: Any, expected: Mapping[str, Any]) -> None:
    """Raises Conflict naming every field that is not as expected. Values are compared as the log writes them."""
    now = {name: plain(getattr(record, name)) for name in expected}
    conflicts = {name: value for name, value in now.items() if value != plain(expected[name])}
    if conflicts:
        raise Conflict(conflicts)
