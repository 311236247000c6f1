"""What Ibis compiled once is not compiled again, by this process or the next."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import ibis
import pytest

from leadline.insights import duckdb_sql


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duckdb_sql, "_known", {})
    monkeypatch.setattr(duckdb_sql, "_file", [])


def _expression() -> ibis.Table:
    return ibis.table({"a": "int64"}, name="t").filter(ibis._.a > 1)


def _never() -> ibis.Table:
    raise AssertionError("compiled twice")


def test_compiled_once_and_kept_for_the_next_process(tmp_path: Path) -> None:
    duckdb_sql.keep_in(tmp_path)
    made = duckdb_sql.duckdb_sql("one", _expression)
    assert duckdb_sql.duckdb_sql("one", _never) == made
    code = (
        "import sys; from pathlib import Path; from leadline.insights import duckdb_sql;"
        f"duckdb_sql.keep_in(Path({str(tmp_path)!r})); print(duckdb_sql.duckdb_sql('one', None), 'ibis' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == f"{made} False\n"


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"maker": "another", "sql": {"one": "SELECT 0"}}'])
def test_what_other_code_made_or_nobody_can_read_is_made_again(tmp_path: Path, damage: str) -> None:
    (tmp_path / "warehouse-sql.json").write_text(damage)
    duckdb_sql.keep_in(tmp_path)
    made = duckdb_sql.duckdb_sql("one", _expression)
    assert made != "SELECT 0"
    assert json.loads((tmp_path / "warehouse-sql.json").read_text())["sql"] == {"one": made}


def test_a_folder_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    duckdb_sql.keep_in(tmp_path / "missing")
    assert duckdb_sql.duckdb_sql("one", _expression).startswith("SELECT")
