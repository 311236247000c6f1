"""`bin/leadline` installs itself, once, wherever it stands; here with nothing to install, so that it takes seconds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

pytestmark = pytest.mark.once

STAND_IN = "import sys; print('leadline stands here', sys.argv[1:])"
WITHOUT = """#!/bin/sh
# A Python that lacks a part of itself, as Debian's does until python3-venv is installed.
if [ "$2" = -c ]; then exec "{python}" "$@"; fi
exec "{python}" -I -c 'import runpy, sys
sys.modules["{lacking}"] = None
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")' "$2" "$3"
"""
OLD = """#!/bin/sh
if [ "$1" = --version ]; then echo Python 3.9.2; exit 0; fi
exit 1
"""


def make_checkout(place: Path) -> Path:
    """A checkout with the real launcher, no requirements, and a stand-in for Leadline."""
    shutil.copytree(CHECKOUT / "bin", place / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    (place / "leadline" / "cli").mkdir(parents=True)
    (place / "leadline" / "cli" / "__main__.py").write_text(STAND_IN)
    (place / "requirements").mkdir()
    for name in "run.lock", "test.lock":
        (place / "requirements" / name).write_text("# nothing\n")
    (place / "package.json").write_text(
        json.dumps({"name": "x", "version": "1.0.0", "vendor": {}, "vendorForTests": {}})
    )
    lock = {"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "x", "version": "1.0.0"}}}
    (place / "package-lock.json").write_text(json.dumps(lock))
    (place / ".npmrc").write_text("")
    return place


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """One that has never been started, in a path with spaces."""
    return make_checkout(tmp_path / "my own checkout")


@pytest.fixture(scope="module")
def _installed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = make_checkout(tmp_path_factory.mktemp("launcher") / "my own checkout")
    first = run(place / "bin" / "leadline")
    assert first.returncode == 0, first.stderr
    return place


@pytest.fixture
def installed(_installed_once: Path, tmp_path: Path) -> Path:
    """One that has been started before: a copy, so it has also been moved."""
    return shutil.copytree(_installed_once, tmp_path / "moved and installed", symlinks=True)


def run(program: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"LEADLINE_PYTHON": sys.executable} | more
    return subprocess.run(
        [str(program), *arguments], cwd=program.anchor, env=environment, capture_output=True, text=True, timeout=120
    )


def test_from_anywhere_by_a_link_with_any_arguments(checkout, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "leadline").symlink_to("../my own checkout/bin/leadline")
    first = run(tmp_path / "elsewhere" / "leadline", "report", "win rate", "--json")
    assert first.returncode == 0, first.stderr
    assert first.stdout == "leadline stands here ['report', 'win rate', '--json']\n"
    assert "Making a Python environment" in first.stderr
    begun = time.monotonic()
    second = run(checkout / "bin" / "leadline")
    print(f"second start of the launcher: {time.monotonic() - begun:.2f} s")
    assert second.stdout == "leadline stands here []\n"
    assert second.stderr == ""  # nothing was installed again


def test_an_interrupted_installation_is_made_anew(installed):
    (installed / ".venv" / "half installed").touch()
    (installed / ".venv" / ".leadline" / "unfinished").touch()
    (installed / ".venv" / ".leadline" / "run.stamp").unlink()
    assert run(installed / "bin" / "leadline").returncode == 0
    assert not (installed / ".venv" / "half installed").exists()
    assert not (installed / ".venv" / ".leadline" / "unfinished").exists()


def test_changed_requirements_are_installed_into_what_is_there(installed):
    (installed / ".venv" / "kept").touch()
    (installed / "requirements" / "run.lock").write_text("# something else\n")
    assert "Installing" in run(installed / "bin" / "leadline").stderr
    assert (installed / ".venv" / "kept").exists()
    assert run(installed / "bin" / "leadline").stderr == ""


def test_a_moved_checkout_still_runs_without_installing_again(installed):
    answer = run(installed / "bin" / "leadline")
    assert (answer.stdout, answer.stderr) == ("leadline stands here []\n", "")


def test_a_python_that_went_away_is_replaced(installed):
    python = installed / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("gone")
    assert run(installed / "bin" / "leadline").stdout == "leadline stands here []\n"


def test_two_starts_at_once_do_not_trip_over_each_other(checkout):
    command = [str(checkout / "bin" / "leadline"), "x"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [out for out, _ in answers] == ["leadline stands here ['x']\n"] * 2
    assert sum("Making a Python environment" in err for _, err in answers) == 1


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_a_missing_venv_is_named_with_its_mend(checkout, tmp_path, lacking):
    python = tmp_path / "python3"
    python.write_text(WITHOUT.format(python=sys.executable, lacking=lacking))
    python.chmod(0o755)
    refused = run(checkout / "bin" / "leadline", LEADLINE_PYTHON=str(python))
    assert refused.returncode == 1
    assert "apt install python3-venv" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_python_that_is_too_old_is_named_with_its_mend(checkout, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in "sh", "dirname", "readlink", "uname":
        (tools / name).symlink_to(shutil.which(name))
    (tools / "python3").write_text(OLD)
    (tools / "python3").chmod(0o755)
    refused = run(checkout / "bin" / "leadline", PATH=str(tools), LEADLINE_PYTHON="")
    assert refused.returncode == 1
    assert "needs Python 3.11 or later; found: Python 3.9.2" in refused.stderr
    assert "apt install python3" in refused.stderr or "brew install" in refused.stderr


def test_a_package_that_cannot_be_had_is_said_with_its_mend_and_heals(installed):
    wanted = "leadline-no-such-thing==1.0 --hash=sha256:" + "0" * 64
    (installed / "requirements" / "run.lock").write_text(wanted + "\n")
    refused = run(installed / "bin" / "leadline", PIP_NO_INDEX="1")
    assert refused.returncode == 1
    assert "leadline-no-such-thing" in refused.stderr
    assert "start again" in refused.stderr
    (installed / "requirements" / "run.lock").write_text("# nothing\n")
    assert run(installed / "bin" / "leadline").returncode == 0
