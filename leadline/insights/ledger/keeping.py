"""A ledger in a file (.npz): an array for each column, the rest as JSON beside them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np

from leadline.insights.ledger.ledger import Ledger, Names

WORDS = "words"  # where all that is no array stands
VERSION = 2  # another number: files of before are not read


def keep(ledger: Ledger, path: Path, **beside: Any) -> None:
    """Write it, and `beside` it whatever JSON can say. Nobody ever sees half a file."""
    words: dict[str, Any] = {"version": VERSION, "beside": beside, "labels": {}}
    columns: dict[str, Any] = {}
    for name, value in _columns(ledger):
        kept = columns if isinstance(value, np.ndarray) else words
        kept[name] = value
    for kind, names in ledger.names.items():
        columns[f"names.{kind}"], words["labels"][kind] = names.ids, names.labels
    half = path.with_suffix(f".{os.getpid()}.half.npz")
    columns[WORDS] = np.array(json.dumps(words))
    np.savez(half, **columns)
    half.replace(path)


def kept(path: Path) -> tuple[Ledger, dict[str, Any]] | None:
    """The ledger and what was beside it; None where no file of this version is."""
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as file:
        words = json.loads(str(file[WORDS]))
        if words["version"] != VERSION:
            return None
        columns = {name: file[name] for name in file.files if name != WORDS}
    names = {kind: Names(columns[f"names.{kind}"], tuple(labels)) for kind, labels in words["labels"].items()}
    known = {**columns, **words}
    hints = get_type_hints(Ledger)
    parts = {one.name: _part(one.name, hints[one.name], known) for one in fields(Ledger) if one.name != "names"}
    return Ledger(names=names, **parts), words["beside"]


def _columns(ledger: Ledger) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for one in fields(ledger):
        value = getattr(ledger, one.name)
        if hasattr(value, "__dataclass_fields__"):
            found += [(f"{one.name}.{column.name}", getattr(value, column.name)) for column in fields(value)]
        elif not isinstance(value, Mapping):
            found.append((one.name, value))
    return found


def _part(name: str, kind: Any, known: Mapping[str, Any]) -> Any:
    if not hasattr(kind, "__dataclass_fields__"):
        return known[name]
    columns = {one.name: known[f"{name}.{one.name}"] for one in fields(kind)}
    return kind(**{column: tuple(value) if isinstance(value, list) else value for column, value in columns.items()})
