"""A PostgreSQL of our own for as long as it is measured: in a temporary folder, reached by a Unix socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest; None where there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@contextmanager
def cluster() -> Iterator[str]:
    """The DATABASE_URL of a fresh database `bench`. Raises RuntimeError where no server programs are found."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL's server programs (initdb, pg_ctl) were not found.")
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    if os.getuid() == 0:
        account = pwd.getpwnam("postgres")  # PostgreSQL refuses to run as root
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        _run(programs / "initdb", "--no-sync", "--auth=trust", "--username=postgres", "-D", str(folder / "data"))
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c shared_buffers=512MB"
        control = (programs / "pg_ctl", "-D", str(folder / "data"), "-w")
        _run(*control, "-o", options, "-l", str(folder / "log"), "start")
        try:
            _run(programs / "createdb", "-h", str(folder), "-U", "postgres", "bench")
            yield f"postgresql://postgres@/bench?host={folder}"
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: str | Path) -> None:
    account = "postgres" if os.getuid() == 0 else None
    subprocess.run(
        [str(word) for word in command], check=True, stdout=subprocess.DEVNULL, user=account, group=account, cwd="/"
    )
