"""The lake's files: what is in them, what is written again, what a crash leaves."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from leadline.cli.errors import Failure
from leadline.cli.lake import app as lake_app
from leadline.cli.report import app
from leadline.house.refusal import Refused
from leadline.insights.lake import exporting, manifest
from leadline.insights.lake.contents import contents
from leadline.insights.lake.exporting import LAKE, export
from leadline.insights.lake.manifest import NoLake, read
from leadline.insights.store.warehouse import Warehouse
from tests.insights.lake.conftest import company
from tests.strategies.ledger import DAY, START


@pytest.fixture
def own() -> Warehouse:
    return Warehouse()


def test_every_row_is_there_once(home: Warehouse, lake: Path) -> None:
    found = read(lake, LAKE)
    for table in contents():
        kept = home.arrow(f"SELECT * FROM {table} ORDER BY ALL")
        paths = [str(lake / part.path) for part in found.parts[table].values()]
        if not paths:
            assert not kept.num_rows
            continue
        stored = duckdb.sql(f"SELECT * FROM read_parquet({paths}, hive_partitioning=false) ORDER BY ALL")
        assert stored.fetchall() == [tuple(row.values()) for row in kept.to_pylist()]


def test_only_what_changed_is_written_again(own: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "SPAN", 10)
    ledger = company(30)
    own.follow(ledger)
    first = export(own, tmp_path)
    assert first.written == first.parts
    assert export(own, tmp_path).written == 0
    ledger.change("deal", 25, START + 900 * DAY, value_base="7.00")
    own.follow(ledger)
    before = read(tmp_path, LAKE).parts["deal_versions"]
    assert export(own, tmp_path).written < first.parts / 2
    after = read(tmp_path, LAKE).parts["deal_versions"]
    assert {bucket for bucket in after if after[bucket] != before[bucket]} == {"2"}


def test_the_lake_of_before_stays_readable_until_the_next_export(own: Warehouse, tmp_path: Path) -> None:
    ledger = company(5)
    own.follow(ledger)
    export(own, tmp_path)
    old = read(tmp_path, LAKE).files()
    ledger.change("deal", 2, START + 900 * DAY, value_base="7.00")
    own.follow(ledger)
    export(own, tmp_path)
    assert all((tmp_path / path).exists() for path in old)
    export(own, tmp_path)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.parquet")} == read(tmp_path, LAKE).files()


def test_an_export_cut_short_leaves_the_lake_as_it_was(
    own: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = company(5)
    own.follow(ledger)
    export(own, tmp_path)
    before = read(tmp_path, LAKE)
    ledger.change("deal", 2, START + 900 * DAY, value_base="7.00")
    own.follow(ledger)
    with monkeypatch.context() as cut:
        cut.setattr(manifest.Manifest, "write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            export(own, tmp_path)
    assert read(tmp_path, LAKE) == before
    assert all((tmp_path / path).exists() for path in before.files())


def test_a_folder_with_something_else_in_it_is_refused(home: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("")
    with pytest.raises(NoLake, match="Choose an empty folder"):
        export(home, tmp_path)


@pytest.mark.parametrize(
    ("text", "said"), [(None, "lake export --to"), ("{", "damaged"), ('{"version": 1}', "damaged")]
)
def test_what_is_no_lake_says_the_mend(tmp_path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / manifest.NAME).write_text(text)
    with pytest.raises(NoLake, match=said):
        read(tmp_path, LAKE)


def test_a_file_is_no_folder_for_a_lake(tmp_path: Path) -> None:
    file = tmp_path / "numbers.parquet"
    file.write_text("kept")
    with pytest.raises(Refused, match=r"numbers\.parquet is a file\. Name a folder"):
        CliRunner().invoke(lake_app, ["export", "--to", str(file)], catch_exceptions=False)
    assert file.read_text() == "kept"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["win_rate", "--lake", "x"], "are for --engine spark"),
        (["win_rate", "--engine", "spark"], "say --lake"),
        (["win_rate", "--engine", "spark", "--lake", "/nowhere"], "There is no lake in /nowhere"),
    ],
)
def test_the_command_says_what_spark_needs(arguments: list[str], said: str) -> None:
    with pytest.raises(Failure, match=said) as failure:
        CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert failure.value.code == 2
