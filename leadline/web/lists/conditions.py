"""The filter of something that the company keeps, as a part of its form: conditions added, changed and taken off.

Lists ask by links (`bar`); a form that is saved as a whole asks here. What is chosen stands under the names that
addresses have, so that `filtering.read` reads the form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict

from leadline.crm import filtering
from leadline.crm.conditions import NOBODY, asker
from leadline.crm.filtering import Asker, Derived
from leadline.web.lists.editor import LOOK_UP, Editor, editor_of
from leadline.web.lists.writing import READING

ASKED, MORE, LESS = "asked", "ask-more", "ask-less"  # names of the form
_PARTS = ("-from", "-to", "-not")


@dataclass(frozen=True)
class Conditions:
    """`told` is how each asked one reads, "" where nothing is chosen yet; `problems` what could not be understood."""

    editors: list[Editor]
    offers: list[tuple[str, str]]
    told: dict[str, str]
    problems: tuple[str, ...]
    query: str


def conditions_in(kind: str, given: QueryDict) -> Conditions:
    """As the form has them, with one more or one less where a button says so."""
    names = filtering.askable(kind)
    asked = [name for name in given.getlist(ASKED) if name in names and name != given.get(LESS)]
    more = given.get(MORE, "")
    asked += [more] if more in names and more not in asked else []
    chosen = QueryDict(mutable=True)
    for key in given:
        if _base(key) in asked:
            chosen.setlist(key, given.getlist(key))
    return _drawn(kind, chosen, asked)


def conditions_of(kind: str, query: str) -> Conditions:
    """Of what is kept."""
    given = QueryDict(query)
    return _drawn(kind, given, list(dict.fromkeys(_base(key) for key in given)))


def _base(key: str) -> str:
    return next((key.removesuffix(part) for part in _PARTS if key.endswith(part)), key)


def _drawn(kind: str, chosen: QueryDict, asked: list[str]) -> Conditions:
    asking, names = asker(), filtering.askable(kind)
    found = filtering.read(kind, chosen, asking.user, asking)
    told = {condition.name: condition.told(READING) for condition in found.conditions}
    editors = [_editor(kind, name, found[name], asking) for name in asked if name in names]
    offers = [
        (name, str(named.word))
        for name, named in names.items()
        if name not in asked and name != "trashed" and not (isinstance(named, Derived) and named.hidden)
        if editor_of(kind, name, "", asking).control != LOOK_UP
    ]
    offers.sort(key=lambda offer: offer[1].casefold())
    return Conditions(editors, offers, told, found.problems, found.query())


def _editor(kind: str, name: str, now: str, asking: Asker) -> Editor:
    """Nobody asks, so there is no "me"."""
    editor = editor_of(kind, name, now, asking)
    return replace(editor, options=[option for option in editor.options if option[0] not in NOBODY])
