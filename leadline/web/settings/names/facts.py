"""What is said of a row besides its name and look: a type's kind of work and minutes, what an outcome counts as.

Of a source: within how many minutes its leads are answered, and after how many whoever leads hears of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import Actor
from leadline.activities.models import CountsAs, Work

Words = str | Promise

# What each is called, what can be chosen (a number where nothing can), and what is told when it was changed.
NAMES: Mapping[str, Words] = {
    "work": _("Kind of work"), "minutes": _("Usual minutes"), "counts_as": _("Counts as"),
    "answer_within": _("Answer leads within"), "escalate_after": _("Tell who leads after"),
}  # fmt: skip
CHOICES: Mapping[str, Sequence[tuple[str, Words]]] = {
    "work": (("", _("No kind of work")), *Work.choices),
    "counts_as": (("", _("Counts as nothing")), *CountsAs.choices),
}
CHANGED: Mapping[str, Words] = {
    "work": _("The kind of work of %(name)s is changed."),
    "minutes": _("The usual minutes of %(name)s are changed."),
    "counts_as": _("What %(name)s counts as is changed."),
    "answer_within": _("How soon leads of %(name)s are answered is changed."),
    "escalate_after": _("When whoever leads hears of leads of %(name)s is changed."),
}

MOST_MINUTES = 30 * 8 * 60  # thirty days of eight hours

# Numbers that need a word in the row to be told from each other.
WORDS: Mapping[str, Words] = {"answer_within": _("answer within"), "escalate_after": _("tell who leads after")}


def fact_in(request: HttpRequest, facts: Sequence[str]) -> str:
    """The one of them that a form sent; "" for none."""
    return next((name for name in facts if name in request.POST), "")


def set_fact(row: Any, name: str, request: HttpRequest, by: Actor) -> str:
    """Set it as it was typed, if it still is as the person saw it; what is told. Raises ValidationError, Conflict."""
    expect = {name: _read(name, request.POST["was"])} if "was" in request.POST else None
    value = _read(name, request.POST[name])
    if name in WORDS and value is not None:
        _check_minutes(row, name, value)
    row.edit(by=by, expect=expect, **{name: value})
    return str(CHANGED[name]) % {"name": row}


def _check_minutes(row: Any, name: str, value: Any) -> None:
    """Of a promise: a number of minutes, and nobody hears that it was broken before it is. Raises ValidationError."""
    if not isinstance(value, int) or not 1 <= value <= MOST_MINUTES:
        told = _("Write minutes of work as a number from 1 to %(most)s: 60 is an hour.")
        raise ValidationError({name: told % {"most": MOST_MINUTES}})
    first, then = value if name == "answer_within" else row.answer_within, row.escalate_after
    then = value if name == "escalate_after" else then
    if first is not None and then is not None and then < first:
        early = _("Whoever leads would hear of it after %(then)s minutes, before the %(first)s to answer are over.")
        raise ValidationError({name: early % {"then": then, "first": first}})


def _read(name: str, text: str) -> Any:
    """A number where it is one; anything else is left to the field to refuse."""
    if name in CHOICES:
        return text
    return int(text) if re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII) else text.strip() or None
