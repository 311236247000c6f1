"""Giving names to what a company sets up: pipelines, stages, sources, fields ... One name, one thing."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.history.recorded import Recorded
from leadline.history.writing import writing

# Where a name need not be the only one everywhere, but among those that hang on the same thing.
WITHIN = {"campaign": "source_id", "stage": "pipeline_id", "custom_field": "entity"}


def clean_name(text: str) -> str:
    """The name without control characters and needless space."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())


def add_named(row: Any, *, by: By) -> Any:
    """Add a row under a name that none of its siblings has. Raises ValidationError naming `name`, PermissionDenied."""
    with writing():
        row.name = clean_name(row.name)
        require_new(row)
        return row.add(by=by)


def rename(row: Any, name: str, *, by: By, was: str | None = None) -> Any:
    """Another name. With `was`, the name that the person saw: history.expecting.Conflict where it is another now."""
    with writing():
        require_new(row, clean_name(name))
        return row.edit(by=by, name=clean_name(name), expect=None if was is None else {"name": was})


def restore_named(row: Any, *, by: By) -> Any:
    """Out of the trash, unless its name has been given again meanwhile."""
    with writing():
        require_new(row)
        return row.restore(by=by)


def require_new(row: Recorded, name: str | None = None) -> None:
    """Raises ValidationError where a kept sibling has the name already, whatever its case."""
    wanted = (row.name if name is None else name).casefold()  # type: ignore[attr-defined]  # rows with names only
    group = WITHIN.get(row.ENTITY)
    siblings = type(row).objects.kept().exclude(pk=row.pk)
    if group:
        siblings = siblings.filter(**{group: getattr(row, group)})
    taken = next((other for other in siblings.values_list("name", flat=True) if other.casefold() == wanted), None)
    if wanted and taken is not None:
        raise ValidationError({"name": _("There is %(name)s already. Choose another name.") % {"name": taken}})
