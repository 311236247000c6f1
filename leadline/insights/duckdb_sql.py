"""Ibis expressions as DuckDB's SQL, each compiled once: for this process, and for the next ones in a file.

Compiling takes Ibis, and Ibis takes a second to import; a command that asks one number should not wait for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WRITTEN_IN = ("derived", "facts")  # the folders whose expressions are compiled

_known: dict[str, str] = {}
_turn = threading.RLock()
_file: list[Path] = []  # where they are kept, if anywhere


def keep_in(folder: Path) -> None:
    """Keep what is compiled in a file of this folder, and begin with what is there, if this very code made it."""
    path = folder / "warehouse-sql.json"
    if _file != [path]:
        _file[:] = [path]
        with suppress(OSError, ValueError, KeyError, TypeError):  # not there, or torn: it is compiled again
            kept = json.loads(path.read_text())
            if kept["maker"] == _maker():
                _known.update(kept["sql"])


def duckdb_sql(name: str, expression: Callable[[], Any]) -> str:
    """The expression as one SELECT. The same name always means the same expression."""
    if name not in _known:
        with _turn:  # nobody promises that Ibis compiles in two threads at once
            if name not in _known:
                import ibis  # noqa: PLC0415  see above

                _known[name] = str(ibis.to_sql(expression(), dialect="duckdb", pretty=False))
                _keep()
    return _known[name]


def _keep() -> None:
    for path in _file:
        draft = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # a folder that cannot be written: the next process compiles for itself
            draft.write_text(json.dumps({"maker": _maker(), "sql": _known}))
            draft.replace(path)


@cache
def _maker() -> str:
    """A digest of the code that writes and compiles the expressions."""
    made = hashlib.sha256(f"{version('ibis-framework')} {version('sqlglot')}".encode())
    for source in sorted(path for folder in WRITTEN_IN for path in (HERE / folder).glob("*.py")):
        made.update(source.read_bytes())
    return made.hexdigest()[:16]
