"""What a person has decided about an import: on the command line, on the page, or in a map file (TOML)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from leadline.imports.faults import BrokenFile
from leadline.imports.kinds import FIELDS, Kind
from leadline.imports.values.dates import ORDERS

DUPLICATES = ("update", "skip", "create")
CUSTOM_SORTS = ("text", "number", "money", "date", "choice")


@dataclass(frozen=True)
class FileOptions:
    """Decisions about one file: its kind, sheet, order of dates, encoding, and the field of each column.

    `sheets` holds decisions about one sheet each, by its name ("" in a file of one table); they go before the file's.
    """

    kind: Kind | None = None
    sheet: str = ""
    dates: str = ""
    decimal: str = ""
    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    left_out: bool = False
    sheets: Mapping[str, FileOptions] = field(default_factory=dict)

    def of(self, sheet: str) -> FileOptions:
        """What holds for one sheet."""
        own = self.sheets.get(sheet)
        if own is None:
            return self
        return replace(
            own, kind=own.kind or self.kind, dates=own.dates or self.dates, decimal=own.decimal or self.decimal
        )


@dataclass(frozen=True)
class Options:
    """Decisions about an import. `values` renames cells: field -> written -> meant ("" means nothing); `stages` is the
    order in which stages shall stand."""

    kind: Kind | None = None
    dates: str = ""
    duplicates: str = "update"
    currency: str = ""
    pipeline: str = ""
    files: tuple[tuple[str, FileOptions], ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stages: tuple[str, ...] = ()

    def of(self, path: Path) -> FileOptions:
        """What holds for one file: the first entry whose name fits, the rest from the whole import."""
        found = next((options for name, options in self.files if fnmatch(path.name, name)), FileOptions())
        return replace(found, kind=found.kind or self.kind, dates=found.dates or self.dates)


def with_map(options: Options, path: Path) -> Options:
    """The options with a map file's decisions under them. Raises `BrokenFile` for a map that cannot be read."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenFile(
            path.name, _("the map cannot be read: %(why)s") % {"why": error}, _("Correct the map file.")
        ) from error
    files = tuple(file_options(path, entry) for entry in read.get("file", []))
    return replace(
        options,
        dates=options.dates or one_of(path, "dates", read.get("dates", ""), ORDERS),
        currency=options.currency or str(read.get("currency", "")),
        pipeline=options.pipeline or str(read.get("pipeline", "")),
        duplicates=one_of(path, "duplicates", read.get("duplicates", options.duplicates), DUPLICATES),
        files=files,
        values={name: {str(k): str(v) for k, v in pairs.items()} for name, pairs in read.get("values", {}).items()},
    )


def file_options(path: Path, entry: Mapping[str, Any]) -> tuple[str, FileOptions]:
    """One [[file]] table."""
    kind = kind_of(path, str(entry.get("kind", "")))
    columns = {str(heading): str(name) for heading, name in entry.get("columns", {}).items()}
    for heading, name in columns.items():
        if not known_field(name, kind):
            raise refused(path, heading, name)
    return str(entry.get("name", "*")), FileOptions(
        kind=kind,
        sheet=str(entry.get("sheet", "")),
        dates=one_of(path, "dates", entry.get("dates", ""), ORDERS),
        decimal=one_of(path, "decimal", entry.get("decimal", ""), (".", ",")),
        encoding=str(entry.get("encoding", "")),
        delimiter=str(entry.get("delimiter", "")),
        columns=columns,
    )


def known_field(name: str, kind: Kind | None) -> bool:
    """Whether a map's word for a column means something: a field, "custom", "custom:money" or "-"."""
    head, _colon, sort = name.partition(":")
    if head == "custom":
        return sort in ("", *CUSTOM_SORTS)
    return name in ("-", "") or any(name in FIELDS[one] for one in ([kind] if kind else Kind))


def kind_of(path: Path, word: str) -> Kind | None:
    """The kind a map names."""
    if not word:
        return None
    one_of(path, "kind", word, tuple(Kind))
    return Kind(word)


def one_of(path: Path, key: str, value: object, allowed: tuple[str, ...]) -> str:
    """The value, if it is blank or one of those allowed."""
    text = str(value)
    if text and text not in allowed:
        raise refused(path, key, text, ", ".join(allowed))
    return text


def refused(path: Path, key: str, value: str, allowed: str = "") -> BrokenFile:
    """A decision in a map that means nothing."""
    return BrokenFile(
        path.name,
        _("%(value)s is not known for %(key)s") % {"value": value, "key": key},
        _("Choose one of: %(allowed)s.") % {"allowed": allowed} if allowed else _("See docs/guides/importing.md."),
    )
