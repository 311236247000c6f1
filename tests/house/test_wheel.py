"""The wheel carries all that a checkout's start would fetch, and runs from an empty environment."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.house.conftest import environment
from tests.house.declared import bring

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what git holds, as from a fresh clone: nothing that this checkout has fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    source, target = folder / "clone", folder / "dist"
    names = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (CHECKOUT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--disable-pip-version-check", "-w", str(target), "."]
    built = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(target.glob("*.whl"))


def test_it_carries_what_pages_load_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = json.loads((CHECKOUT / "package.json").read_text())["vendor"]
    assert {f"leadline/web/static/vendor/{name}" for name in wanted} <= names
    assert "leadline/web/static/vendor/LICENSES.txt" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"leadline"}


def test_it_runs_from_an_empty_environment(wheel, start, data_folder, tmp_path):
    home = tmp_path / "an environment"
    venv.create(home)
    python = [sys.executable, "-m", "pip", "--python", home / "bin" / "python", "--disable-pip-version-check"]
    command = [*python, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", wheel]
    subprocess.run(command, check=True, timeout=300)
    bring(wheel, next(home.glob("lib/python*/site-packages")))
    program = home / "bin" / "leadline"
    bare = {name: value for name, value in environment(data_folder).items() if name != "PYTHONPATH"}
    version = subprocess.run([program, "--version"], cwd=tmp_path, env=bare, capture_output=True, text=True)
    assert version.stdout.startswith("leadline "), version.stderr
    server = start("demo", program=("env", "-u", "PYTHONPATH", str(program)))
    assert server.get("/")[0] == 200
    names = json.loads((data_folder / "static" / "staticfiles.json").read_text())["paths"]
    assert server.get(f"/static/{names['vendor/htmx.js']}")[0] == 200
    printed = server.stop()
    assert f"Leadline runs at {server.address}/" in printed
    assert "The password is" in printed
