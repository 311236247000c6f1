"""Which column fills which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from leadline.imports.kinds import FIELDS, Kind, sort_of
from leadline.imports.recognition import needs
from leadline.imports.recognition.normal import heading as normal
from leadline.imports.recognition.normal import spellings
from leadline.imports.sources import Source, sources

CUSTOM, LEFT_OUT = "custom", ""
# The word that exports put before a table's own headings.
OWN = {
    Kind.DEALS: "deal",
    Kind.PEOPLE: "person",
    Kind.ORGANIZATIONS: "organization",
    Kind.ACTIVITIES: "activity",
    Kind.LEADS: "lead",
    Kind.PRODUCTS: "product",
}
# Only these have custom fields; an unknown column of another kind is left out.
CUSTOMISED = frozenset({Kind.DEALS, Kind.LEADS, Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PRODUCTS})


@dataclass(frozen=True)
class Column:
    """One column: `field` is a field of the kind, "custom" for a custom field, "" when it is left out.

    `sort` says how its cells are read. `told` marks what a person has decided.
    """

    index: int
    heading: str
    field: str
    sort: str
    told: bool = False


@dataclass(frozen=True)
class Recognised:
    """What a table was taken for."""

    kind: Kind
    source: str
    columns: tuple[Column, ...]

    def fields(self) -> dict[str, Column]:
        """Columns by the field they fill."""
        return {column.field: column for column in self.columns if column.field not in (CUSTOM, LEFT_OUT)}


def recognise(
    headings: Sequence[str],
    name: str,
    kind: Kind | None = None,
    told: Mapping[str, str] | None = None,
) -> Recognised | None:
    """The best reading of these headings; None where they make no table of a known kind.

    `name` is the file's (and sheet's) name; `kind` and `told` (heading -> field) are a person's decisions.
    """
    told = {normal(key): value for key, value in (told or {}).items()}
    hint = needs.by_name(normal(name))
    if not kind and (hint.other or side_by_side(headings)):
        return None
    readings = []
    for source in sources():
        for candidate in [kind] if kind else list(Kind):
            columns = read(headings, source, candidate, told)
            found = {column.field for column in columns} - {CUSTOM, LEFT_OUT}
            if needs.met(candidate, found, hint.kind):
                score = len(found) + signs(headings, source) + (hint.weight if candidate is hint.kind else 0)
                readings.append((score, Recognised(candidate, source.name, tuple(columns))))
    # Of equal readings the last wins: plain tables are tried last.
    return max(reversed(readings), key=lambda reading: reading[0])[1] if readings else None


def signs(headings: Sequence[str], source: Source) -> float:
    """How much the headings are this source's own: one of its signs is chance; one decisive heading outweighs all."""
    forms = {normal(heading) for heading in headings}
    typical = len(forms & source.signs)
    return (0.6 * typical if typical > 1 else 0) + (8 if forms & source.decisive else 0)


def side_by_side(headings: Sequence[str]) -> bool:
    """Two columns without headings between others: several tables stand next to each other."""
    unnamed = [re.fullmatch(r"Column \d+", heading) is not None for heading in headings]
    return any(one and two for one, two in pairwise(unnamed))


def read(headings: Sequence[str], source: Source, kind: Kind, told: Mapping[str, str]) -> list[Column]:
    """All columns under one source's vocabulary; each field goes to the column that names it best."""
    columns, ranks = [], []
    for index, heading in enumerate(headings):
        field, rank = looked_up(heading, source, kind, told)
        columns.append(Column(index, heading, field, sort_of(field), rank < 0))
        ranks.append(rank)
    best: dict[str, int] = {}
    for column, rank in zip(columns, ranks, strict=True):
        if column.field not in (CUSTOM, LEFT_OUT):
            held = best.get(column.field)
            if held is None or rank < ranks[held]:
                best[column.field] = column.index
    return [
        column if column.field in (CUSTOM, LEFT_OUT) or best[column.field] == column.index else spare(column, kind)
        for column in columns
    ]


def spare(column: Column, kind: Kind) -> Column:
    """A second column for a field that is taken."""
    return replace(column, field=CUSTOM if kind in CUSTOMISED else LEFT_OUT, sort="text")


def looked_up(heading: str, source: Source, kind: Kind, told: Mapping[str, str]) -> tuple[str, int]:
    """The field of a heading and how well it fits (lower is better; below 0: told)."""
    forms = spellings(heading, OWN.get(kind, ""))
    if forms[0] in told:
        return decided(told[forms[0]], kind), -1
    if not forms[0]:
        return LEFT_OUT, 0
    plain = sources()[-1]
    for step, vocabulary in enumerate((source, plain)):
        for place, form in enumerate(forms):
            if form in vocabulary.aliases[kind]:
                field, rank = vocabulary.aliases[kind][form]
                return field, rank + 100 * place + 1000 * step
        if any(ignored(form, vocabulary) for form in forms[:1]):
            return LEFT_OUT, 0
    return (CUSTOM if kind in CUSTOMISED else LEFT_OUT), 0


def decided(field: str, kind: Kind) -> str:
    """A person's word for a column: a field, "custom" or "custom:money" and so on, "-" to leave it out.

    Raises KeyError for a field that the kind does not have.
    """
    if field in ("-", ""):
        return LEFT_OUT
    if field.partition(":")[0] == CUSTOM:
        return CUSTOM
    if field not in FIELDS[kind]:
        raise KeyError(field)
    return field


def ignored(form: str, source: Source) -> bool:
    """Whether a source knows the heading as saying nothing."""
    return any(form == word or (word.endswith("*") and form.startswith(word[:-1])) for word in source.ignored)
