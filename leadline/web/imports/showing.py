"""Cells, guesses and choices as the wizard's templates write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from leadline.imports.faults import BadValue
from leadline.imports.values import dates
from leadline.web.frame import formats
from leadline.web.imports.words import SORTS


def plain(cell: dict[str, Any]) -> str:
    """A cell of the preview: a time or amount as the reader writes it, anything else as it stands."""
    value = cell["plain"]
    if not value or cell["sort"] == "number":  # a year is a number, too
        return str(cell["text"])
    if cell["sort"] == "money":
        amount = Decimal(value)
        return formats.number(amount, 0 if amount == amount.to_integral_value() else 2)
    moment = dt.datetime.fromisoformat(value)
    return formats.day(moment.date())


def read_as(example: str, order: str) -> str:
    """ "3 Apr 2026": how a cell reads in this order; "" where it does not."""
    try:
        return formats.day(dates.day(example, order, dt.UTC))
    except BadValue:
        return ""


def stage_guess(one: dict[str, Any]) -> str:
    """What a word for a stage is taken for."""
    if one["ending"]:
        return _("the outcome: won") if one["ending"] == "won" else _("the outcome: lost")
    return one["is"] or _("new: %(name)s") % {"name": one["word"]}


def same(values: Iterable[str]) -> list[tuple[str, str]]:
    """Choices that are called what they are."""
    return [(value, value) for value in values]


def moved_up(names: Sequence[str], place: int) -> list[str]:
    """The names with the one at this place a place earlier."""
    order = list(names)
    order[place - 1], order[place] = order[place], order[place - 1]
    return order


def for_script() -> dict[str, Any]:
    """What js/imports.js says."""
    return {
        "own": _("Own field"),
        "sorts": {sort: str(word) for sort, word in SORTS.items()},
        "out": _("Leave out"),
        "guess": _("As recognised"),
        "fields": _("Fields"),
        "other": _("Or"),
        "search": _("Search a field"),
        "nothing": _("No field is called that."),
    }
