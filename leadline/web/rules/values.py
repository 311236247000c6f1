"""Fields and their kept values, as people read them."""

from __future__ import annotations

from typing import Any

from leadline.crm.conditions import asker
from leadline.crm.fields import Field, field_of
from leadline.crm.models import custom_values

GONE = "…"  # what is no longer there


def known_field(kind: str, name: Any) -> Field | None:
    """None for one that is deleted."""
    try:
        return field_of(kind, str(name))
    except LookupError:
        return None


def word(field: Field | None) -> str:
    """What the field is called."""
    return str(field.word) if field else GONE


def said(field: Field | None, value: Any) -> str:
    """A kept value; "" for none."""
    if field is None or value in (None, ""):
        return ""
    if field.custom is not None:
        return custom_values.words(field.custom, value)
    options = {str(key): str(label) for key, label in field.options(asker().linked) or ()}
    return ", ".join(options.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))
