"""What is wrong with values, in sentences: no names of columns or models."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Django's stock messages that say nothing without the field they are about.
NAMELESS = {"blank", "null", "required", "max_length", "min_value", "max_value", "max_digits"}


def in_words(error: ValidationError) -> str:
    """All complaints of an error, one after another."""
    return " ".join(_sentences(error))


def _sentences(error: ValidationError) -> Iterator[str]:
    for field, errors in getattr(error, "error_dict", {"": [error]}).items():
        for one in errors:
            for complaint in getattr(one, "error_list", [one]):
                yield _sentence(field, complaint)


def _sentence(field: str, complaint: ValidationError) -> str:
    text = " ".join(complaint.messages)
    params = complaint.params or {}
    if complaint.code == "unique" and "field_label" in params:
        return _("Another %(model)s has this %(field)s already.") % {
            "model": str(params["model_name"]).lower(),
            "field": str(params["field_label"]).lower(),
        }
    if complaint.code in NAMELESS and field and field != "__all__":
        return f"{field.removesuffix('_id').replace('_', ' ').capitalize()}: {text}"
    return text
