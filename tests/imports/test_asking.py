"""`leadline import` asks before it writes, wherever the answer comes from, and says in a few lines what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from leadline.cli.importing import app
from leadline.crm.models import Deal
from leadline.imports.models import Import

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]
HEADING = ("Deal ID", "Title", "Stage", "Value", "Created")
GOOD = ("1", "A", "Demo", "10", "2024-01-25")


def call(*arguments: object, answer: str = "") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=answer)


@pytest.mark.parametrize("answer", ["", "n\n", "\n"])
def test_without_a_yes_nothing_is_written(table: Table, answer: str) -> None:
    result = call(table("deals.csv", HEADING, GOOD), answer=answer)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert not Deal.objects.exists()
    assert not Import.objects.exists()


def test_a_yes_from_a_pipe_writes(table: Table) -> None:
    assert call(table("deals.csv", HEADING, GOOD), answer="y\n").exit_code == 0
    assert Deal.objects.count() == 1


def test_one_problem_in_many_rows_is_said_once_with_the_first_rows(table: Table) -> None:
    rows = [(str(number), f"Deal {number}", "Demo", "-10", "2024-01-25") for number in range(1, 31)]
    result = call(table("deals.csv", HEADING, *rows), "--yes")
    assert result.exit_code == 1
    assert "Rows that are not in: 30" in result.stdout
    assert "  30 x " in result.stdout
    assert "rows 2 (-10.00), 3 (-10.00), 4 (-10.00), 5 (-10.00), 6 (-10.00) and 25 more" in result.stdout


def test_a_dry_run_says_that_it_was_one(table: Table) -> None:
    assert call(table("deals.csv", HEADING, GOOD), "--dry-run").stdout.rstrip().endswith("nothing was written.")


def test_what_changed_nothing_offers_no_undo(table: Table) -> None:
    path = table("deals.csv", HEADING, GOOD)
    assert "--undo" in call(path, "--yes").stdout
    again = call(path, "--yes").stdout
    assert "--undo" not in again
    assert again.rstrip().endswith("Nothing has changed.")


def test_it_says_how_many_deals_lack_a_date_or_a_stage(table: Table) -> None:
    rows = [("1", "A", "Won", "10", "2024-02-01"), ("2", "B", "Lost", "10", "2024-02-02")]
    said = call(table("deals.csv", ("Deal ID", "Title", "Status", "Value", "Closed"), *rows), "--yes").stdout
    assert "2 deals have no creation date" in said
    assert "2 closed deals have no stage" in said


def test_a_second_undo_says_only_that(table: Table) -> None:
    call(table("deals.csv", HEADING, GOOD), "--yes")
    number = Import.objects.get().pk
    assert call("--undo", number).exit_code == 0
    again = call("--undo", number)
    assert again.exit_code == 2
    assert again.stderr.strip() == f"Import {number} is undone already."
