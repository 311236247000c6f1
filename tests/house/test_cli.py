"""The frame of the command line: quick help, plain errors, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from leadline.cli.commands import COMMANDS
from tests.conftest import CHECKOUT
from tests.house.conftest import environment

pytestmark = pytest.mark.once


def test_the_help_names_every_command(leadline):
    printed = leadline("--help").stdout
    for command in COMMANDS:
        assert f"  {command.name} " in printed
        assert command.summary in printed


def test_the_help_comes_without_django_or_any_heavy_library():
    code = (
        "import sys; from leadline.cli.commands import frame; frame(['--help']);"
        "print([name for name in ('django', 'duckdb', 'ibis', 'pyarrow', 'altair', 'scipy') if name in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True)
    assert printed.stdout.strip() == "[]"


HELPED = """
import json
from typer.testing import CliRunner
from leadline.cli.commands import COMMANDS, frame

asked = {command.name: [command.name, "--help"] for command in COMMANDS}
answers = {name: CliRunner().invoke(frame(words), words, prog_name="leadline") for name, words in asked.items()}
print(json.dumps({name: [answer.exit_code, answer.stdout] for name, answer in answers.items()}))
"""


def test_every_command_has_its_help_and_asking_for_it_makes_nothing(data_folder):
    command = [sys.executable, "-c", HELPED]
    printed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, env=environment(data_folder))
    answers = json.loads(printed.stdout or pytest.fail(printed.stderr))
    assert answers.keys() == {command.name for command in COMMANDS}
    for name, (code, said) in answers.items():
        assert code == 0, said
        assert said.startswith(f"Usage: leadline {name}")
    assert not data_folder.exists()


def test_starting_any_command_loads_no_analytics(data_folder):
    code = (
        "import sys; from leadline.house import opening; opening.set_up(); import leadline.wsgi;"
        "print([name for name in ('ibis', 'pyarrow', 'altair', 'scipy', 'typer') if name in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        env={"LEADLINE_DATA": str(data_folder)},
    )
    assert printed.stdout.strip() == "[]", printed.stderr


def test_the_version_is_printed_either_way(leadline):
    assert leadline("--version").stdout.startswith("leadline ")
    assert leadline("version").stdout.startswith(leadline("--version").stdout.strip())


def test_wrong_usage_exits_with_2(leadline):
    assert leadline("no-such-command").returncode == 2
    assert leadline("serve", "--port", "a-lot").returncode == 2


def test_an_error_is_one_line_and_the_traceback_comes_only_when_asked_for(leadline):
    plain = leadline("user", "role", "nobody@example.com", "reader")
    assert plain.returncode == 1
    assert plain.stderr.splitlines() == [
        "leadline: Nobody here has the e-mail address or name nobody@example.com; see bin/leadline user list."
    ]
    assert "Traceback" in leadline("--debug", "user", "role", "nobody@example.com", "reader").stderr


def test_wrong_settings_refuse_the_start_in_a_line(leadline):
    refused = leadline("serve", DATABASE_URL="mysql://localhost/leadline")
    assert refused.returncode == 3
    assert "DATABASE_URL" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_people_are_let_in_and_out(leadline):
    link = leadline("user", "add", "ada@example.com", "--name", "Ada", "--role", "leader").stdout.strip()
    assert "/join/" in link
    assert leadline("user", "role", "ADA@example.com", "administrator").returncode == 0
    (ada,) = json.loads(leadline("user", "list", "--json").stdout)
    assert ada.pop("id")
    assert ada == {
        "email": "ada@example.com",
        "name": "Ada",
        "role": "administrator",
        "team": None,
        "sign_in": "invited",
    }
    fresh = leadline("user", "link", "ada@example.com", "--address", "https://sales.example").stdout.strip()
    assert fresh.startswith("https://sales.example/join/")
    assert leadline("user", "deactivate", "ada@example.com").returncode == 0


def test_somebody_twice_is_refused(leadline):
    leadline("user", "add", "ada@example.com")
    again = leadline("user", "add", "ada@example.com")
    assert again.returncode == 1
    assert again.stderr.startswith("leadline: ada has the e-mail address ada@example.com already")
