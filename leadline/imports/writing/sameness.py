"""When a row tells of a record that is already there: by external id, else by e-mail or domain, else by name."""

from collections.abc import Iterable

from leadline.imports.kinds import Kind
from leadline.imports.planning.staging import Staged
from leadline.imports.writing.batch import State
from leadline.imports.writing.everything import Everything
from leadline.imports.writing.finding import Index


def same(
    row: Staged, index: Index, keys: Iterable[tuple[str, str]], known: dict[int, State], duplicates: str
) -> int | None:
    """The record that a row tells of, or None for a new one. `known` holds those that were there before.

    A row with an id stands for the record with that id; else for one found by address or domain; by name alone only
    for one that has no id yet. Two rows of one import with different ids are never one record.
    """
    for key, _text in keys:
        if key not in index.found:
            continue
        pk, fresh = index.found[key]
        if key.startswith("x:"):
            return pk
        if duplicates == "create" and not fresh:
            continue
        if not row.ext:
            return pk
        if not fresh and (key[0] in "ed" or not known.get(pk, {}).get("external_id")):
            return pk
    return None


def repeated(all_: Everything, kind: Kind, row: Staged, pk: int | None, known: dict[int, State]) -> bool:
    """A row for a record that an earlier row of this import has just made: counted as no change."""
    if pk is None or pk in known:
        return False
    all_.context.count(kind, "unchanged")
    return True


def keep_external(wanted: State, known: State | None) -> None:
    """A record keeps the external id it has."""
    if known and known.get("external_id"):
        wanted.pop("external_id", None)
