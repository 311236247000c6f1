"""`leadline simulate`: what it lists, refuses, writes and loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from leadline.cli.errors import Failure
from leadline.cli.simulate import app
from leadline.crm.models import Deal
from leadline.insights.simulator.scenarios import SCENARIOS

SMALL = ("--sellers", "3", "--deals", "40", "--months", "6", "--until", "2026-11-01")


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def no_second_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database is open already."""
    monkeypatch.setattr("leadline.house.opening.set_up", lambda: None)
    monkeypatch.setattr("leadline.house.opening.open_database", lambda: None)


def test_without_a_scenario_all_are_listed() -> None:
    shown = call().stdout
    assert [line.split()[0] for line in shown.splitlines()] == list(SCENARIOS)
    assert "Nothing is wrong" in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("leaky", "--load"), "Did you mean leaky_stage?"),
        (("storm", "--load"), "There are: healthy, "),
        (("healthy",), "--out FOLDER"),
        (("healthy", "--out", "x", "--load"), "--out FOLDER"),
        (("healthy", "--out", "x", "--sellers", "0"), "takes 1 to"),
        (("healthy", "--out", "x", "--until", "yesterday"), "write it like"),
        (("healthy", "--out", "x", "--until", "2999-01-01"), "still to come"),
        (("healthy", "--out", "x", "--until", "0001-01-01"), "too long ago"),
        (("healthy", "--out", "x", "--seed", str(10**20)), "A seed is"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(arguments: tuple[str, ...], says: str) -> None:
    error = call(*arguments).exception
    assert isinstance(error, Failure)
    assert says in str(error)
    assert not Path("x").exists()


def test_files_go_into_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "taxes.csv").touch()
    error = call("healthy", *SMALL, "--sellers", "0", "--out", tmp_path).exception
    assert isinstance(error, Failure)
    assert "not empty" in str(error)  # said before anything is reckoned
    assert [path.name for path in tmp_path.iterdir()] == ["taxes.csv"]


def test_written_it_names_the_files(tmp_path: Path) -> None:
    result = call("healthy", *SMALL, "--out", tmp_path / "new")
    assert result.exit_code == 0, result.exception
    assert all(str(tmp_path / "new" / f"{name}.csv") in result.stdout for name in ("deals", "leads", "users"))
    assert (tmp_path / "new" / "truth.json").exists()


@pytest.mark.django_db
def test_loaded_it_is_there_and_is_not_loaded_over_deals(no_second_start: None) -> None:
    result = call("healthy", *SMALL, "--load")
    assert result.exit_code == 0, result.exception
    count = Deal.objects.count()
    assert count > 10
    again = call("healthy", *SMALL, "--load")
    assert "deals here already" in str(again.exception)
    assert Deal.objects.count() == count
