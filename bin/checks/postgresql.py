"""A PostgreSQL server for the length of the tests: in a temporary folder, on a Unix socket, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")  # Debian, Homebrew
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "100"}


def programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest server here, or None."""
    found = [path.parent for place in PLACES for path in Path(place).glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if found:
        return max(
            found, key=lambda folder: [int(n) for n in folder.parent.name.split("@")[-1].split(".") if n.isdigit()]
        )
    return Path(on_path).parent if on_path else None


@contextlib.contextmanager
def cluster(server: Path) -> Iterator[str]:
    """A running server's DATABASE_URL."""
    who = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="leadline-pg-") as name:
        folder = Path(name)
        if who:
            shutil.chown(folder, who["user"], who["group"])
        _init(server, folder, who)
        control = [server / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-w"]
        subprocess.run([*control, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
        try:
            yield f"postgresql://leadline@/leadline?host={quote(name, safe='')}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, cwd=folder, **who)


def _init(server: Path, folder: Path, who: dict[str, Any]) -> None:
    data = folder / "data"
    command = [server / "initdb", "-D", data, "--no-sync", "-A", "trust", "-U", "leadline", "-E", "UTF8", "--no-locale"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
    options = FAST | {"listen_addresses": "''", "unix_socket_directories": f"'{folder}'"}
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = {value}\n" for name, value in options.items())


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL will not run as root: whom it runs as then, as arguments of subprocess.run."""
    if os.geteuid() != 0:
        return {}
    with contextlib.suppress(KeyError):
        owner = pwd.getpwnam("postgres")
        return {"user": "postgres", "group": owner.pw_gid, "extra_groups": []}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
