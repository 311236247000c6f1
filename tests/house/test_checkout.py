"""What may be in the checkout, and how its parts hang together."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

pytestmark = pytest.mark.once

MOST_LINES = 400
# A machine's own paths and the hosts that packages come from: they differ from one place to the next.
# The hosts are put together here, so that this file names none either.
HOSTS = [
    re.escape(".".join(parts)) for parts in (("registry", "npmjs"), ("pypi", "org"), ("files", "python" + "hosted"))
]
PLACES = re.compile(r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/|index-url\s*=|" + "|".join(HOSTS))
THIS = Path(__file__).relative_to(CHECKOUT).as_posix()


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (CHECKOUT / name).is_file()]


def text_of(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_machines_path_or_a_registrys_host():
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in committed()
        if name != THIS
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if PLACES.search(line)
    ]
    assert found == []


def test_nothing_that_is_fetched_is_committed():
    assert [
        name for name in committed() if re.search(r"(^|/)(vendor|node_modules)/|\.min\.(js|css)$|\.mo$", name)
    ] == []


def test_files_stay_small():
    sources = [n for n in committed() if n.endswith((".py", ".js", ".css", ".html")) and "/migrations/" not in n]
    assert [name for name in sources if len(text_of(name).splitlines()) > MOST_LINES] == []


def test_imports_run_downhill_and_no_folder_holds_a_circle():
    command = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo', '--no-cache'])"
    checked = subprocess.run([sys.executable, "-c", command], cwd=CHECKOUT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_generated_references_are_fresh():
    command = [sys.executable, "docs/reference/generate.py", "--check"]
    checked = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, env={"PYTHONPATH": str(CHECKOUT)})
    assert checked.returncode == 0, f"{checked.stdout}{checked.stderr}bin/test --fix renews them"


def test_every_setting_is_in_the_example_environment():
    from leadline.environment import VARIABLES

    example = text_of(".env.example")
    assert [name for name in VARIABLES if f"{name}=" not in example] == []


@pytest.mark.parametrize("script", ["bin/leadline", "bin/test", ".ci/run"])
def test_scripts_can_be_run(script):
    assert (CHECKOUT / script).stat().st_mode & 0o111 == 0o111
