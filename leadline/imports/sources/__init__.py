"""Products that files come from. Each is a module of equal shape, found by listing this folder:

NAME     what people call it
SIGNS    normal headings that are typical of it
DECISIVE normal headings of which one is enough: nobody else uses them
ALIASES  kind -> field -> normal headings; they come before those of `plain`
IGNORED  normal headings that say nothing of their own (counts, weighted values, sync stamps); "x*" a beginning
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from leadline.imports.kinds import FIELDS, Kind

# Normal heading -> (field, rank): the lower rank wins where two columns could fill one field.
Aliases = Mapping[str, tuple[str, int]]


class Source(NamedTuple):
    """One product's vocabulary, ready to look up: kind -> normal heading -> field."""

    name: str
    signs: frozenset[str]
    decisive: frozenset[str]
    aliases: Mapping[Kind, Aliases]
    ignored: tuple[str, ...]


@cache
def sources() -> tuple[Source, ...]:
    """All sources, `plain` last."""
    names = sorted((info.name for info in iter_modules(__path__)), key=lambda name: (name == "plain", name))
    return tuple(loaded(name) for name in names)


def loaded(name: str) -> Source:
    """One module of this folder. Its aliases are read from text: "field: heading | heading"; "|" goes on."""
    module = import_module(f"{__name__}.{name}")
    aliases = {kind: parsed(kind, module.ALIASES.get(kind, "")) for kind in Kind}
    return Source(
        module.NAME,
        frozenset(listed(module.SIGNS)),
        frozenset(listed(module.DECISIVE)),
        aliases,
        listed(module.IGNORED),
    )


def parsed(kind: Kind, text: str) -> Aliases:
    """The look-up of one kind. Raises KeyError for a field that the kind does not have: a slip in a table."""
    found: dict[str, tuple[str, int]] = {}
    for line in filter(str.strip, text.replace("\n|", " |").splitlines()):
        field, _colon, headings = line.strip().partition(": ")
        if field not in FIELDS[kind]:
            raise KeyError(f"{kind} has no field {field}")
        for rank, heading in enumerate(listed(headings)):
            found.setdefault(heading, (field, rank))
    return found


def listed(text: str) -> tuple[str, ...]:
    """ "a | b" -> (a, b)."""
    return tuple(part.strip() for part in text.replace("\n", "|").split("|") if part.strip())
