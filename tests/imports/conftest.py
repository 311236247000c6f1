"""What import tests need: a company with a currency, files made of rows, and an import run without ceremony."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from leadline.imports.importing import carry_out, prepare
from leadline.imports.models import Import
from leadline.imports.planning.options import Options
from leadline.imports.result import Result

Arrive = Callable[..., tuple[Import, Result]]


@pytest.fixture
def arrive(db: None) -> Arrive:
    """Import files as the command line does with --yes; returns the import and its result."""

    def run(*paths: Path, user: Any = None, **decisions: Any) -> tuple[Import, Result]:
        arrival, plan = prepare(list(paths), Options(**decisions), user=user, progress=lambda label, count: None)
        assert not plan.questions, [question.text for question in plan.questions]
        return arrival, carry_out(arrival, plan, user=user, progress=lambda label, count: None)

    return run


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """A CSV file of these rows."""

    def write(name: str, *rows: Sequence[object], delimiter: str = ",", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding=encoding) as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return write
