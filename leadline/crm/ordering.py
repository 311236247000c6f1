"""Putting rows into an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.history.writing import writing


def put_in_order(rows: models.QuerySet[Any], ids: Sequence[int], *, by: By) -> None:
    """Give the rows the positions that the ids stand in; each row must be named once.

    Raises ValidationError where they are not (somebody has added one meanwhile), PermissionDenied.
    """
    doer = actor(by).together()
    with writing():
        known = {row.pk: row for row in rows.all()}  # as they are now, whatever the caller has read
        if set(ids) != set(known) or len(ids) != len(known):
            raise ValidationError({"order": _("The list has changed meanwhile. Load the page anew and try once more.")})
        for position, pk in enumerate(ids):
            if known[pk].position != position:
                known[pk].edit(by=doer, position=position)


def behind(rows: models.QuerySet[Any]) -> int:
    """The position behind the last of the rows."""
    last = rows.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else int(last) + 1
