"""`leadline import`: its JSON, its exit codes, what it shows and asks, and undo."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from leadline.cli.importing import app
from leadline.crm.models import Deal
from leadline.imports.models import Import, State

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]
HEADING = ("Deal ID", "Title", "Stage", "Value", "Created")
GOOD = ("1", "A", "Demo", "10", "2024-01-25")
BAD = ("2", "B", "Demo", "-10", "2024-01-25")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def outcome(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(*arguments, "--json").stdout)
    return found


def test_all_good_is_0(table: Table) -> None:
    result = call(table("deals.csv", HEADING, GOOD), "--yes")
    assert result.exit_code == 0
    assert "1 rows read: 1 created" in result.stdout
    assert Deal.objects.count() == 1


def test_the_json_names_each_failure_and_the_exit_code_is_1(table: Table, tmp_path: Path) -> None:
    path = table("deals.csv", HEADING, GOOD, BAD)
    result = call(path, "--json", "--bad-rows", tmp_path / "bad.csv")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [found[name] for name in ("read", "created", "updated", "unchanged", "failed")] == [2, 1, 0, 0, 1]
    (failure,) = found["failures"]
    assert set(failure) == {"file", "row", "column", "value", "reason", "mend"}
    assert (failure["file"], failure["row"], failure["column"]) == ("deals.csv", 3, "Value")
    assert found["import"] == Import.objects.get().pk
    assert (tmp_path / "bad.csv").read_text().count("\n") == 2


def test_a_broken_file_is_2_and_changes_nothing(table: Table, tmp_path: Path) -> None:
    broken = tmp_path / "people.csv"
    broken.write_bytes(b"\x89PNG\r\n")
    result = call(table("deals.csv", HEADING, GOOD), broken, "--yes")
    assert result.exit_code == 2
    assert not Deal.objects.exists()
    assert not Import.objects.exists()
    assert outcome(broken)["failures"][0]["mend"]


def test_an_open_question_is_2_even_with_yes(table: Table) -> None:
    path = table("deals.csv", HEADING, (*GOOD[:4], "01/02/2024"))
    result = call(path, "--yes")
    assert result.exit_code == 2
    assert "day first or month first" in result.stderr
    assert not Import.objects.exists()
    assert call(path, "--yes", "--dates", "dmy").exit_code == 0


def test_a_dry_run_says_the_same_and_writes_nothing(table: Table) -> None:
    path = table("deals.csv", HEADING, GOOD, BAD)
    dry = outcome(path, "--dry-run")
    assert not Deal.objects.exists()
    assert not Import.objects.exists()
    wet = outcome(path)
    assert {**dry, "import": None} == {**wet, "import": None}


def test_the_preview_shows_columns_and_what_is_new(table: Table) -> None:
    result = call(table("deals.csv", HEADING, GOOD), "--dry-run")
    assert result.exit_code == 0
    for words in ("deals.csv: 1 rows of deals", "created_at", "Pipelines", "Demo"):
        assert words in result.stdout


@pytest.mark.parametrize("option", [("--as", "dogs"), ("--dates", "dym"), ("--duplicates", "maybe")])
def test_wrong_options_are_refused(table: Table, option: tuple[str, str]) -> None:
    assert call(table("deals.csv", HEADING, GOOD), *option).exit_code == 2
    assert not Deal.objects.exists()


def test_the_kind_can_be_told(table: Table) -> None:
    path = table("x.csv", ("Name", "Country"), ("Acme", "Norway"))
    assert outcome(path, "--as", "organizations")["by_kind"] == {"organizations": {"created": 1}}


def test_undo(table: Table) -> None:
    number = outcome(table("deals.csv", HEADING, GOOD))["import"]
    assert call("--undo", number).exit_code == 0
    assert not Deal.objects.exists()
    assert Import.objects.get().state == State.UNDONE
    assert call("--undo", number).exit_code == 2
    assert call("--undo", 999).exit_code == 2
