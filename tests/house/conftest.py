"""Leadline in processes of its own: how people and supervisors meet it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

Leadline = Callable[..., subprocess.CompletedProcess[str]]


def environment(data_folder: Path) -> dict[str, str]:
    """The environment of somebody who has set only where the data is. Always SQLite: these tests are run once."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return kept | {"LEADLINE_DATA": str(data_folder), "PYTHONPATH": str(CHECKOUT)}


@pytest.fixture
def leadline(data_folder: Path) -> Leadline:
    """Runs a command to its end: `leadline("doctor", "--json")`."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "leadline.cli", *arguments]
        return subprocess.run(command, env=environment(data_folder) | more, capture_output=True, text=True, timeout=60)

    return run


@pytest.fixture(scope="session")
def _settled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settled") / "data"
    command = [sys.executable, "-m", "leadline.cli", "user", "add", "ada@example.com", "--name", "Ada"]
    subprocess.run(command, env=environment(folder), check=True, capture_output=True)
    return folder


@pytest.fixture
def settled(_settled_once: Path, data_folder: Path) -> Path:
    """The data folder as somebody has it who has let one person in, Ada; a copy for this test."""
    shutil.copytree(_settled_once, data_folder)
    return data_folder


@dataclass
class Server:
    """A running `leadline serve` (or demo)."""

    process: subprocess.Popen[str]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def health(self) -> tuple[int, dict[str, str]]:
        status, text = self.get("/healthz")
        return status, json.loads(text)

    def stop(self, by: signal.Signals = signal.SIGTERM) -> str:
        """What it printed. Afterwards `process.returncode` is known."""
        self.process.send_signal(by)
        return self.process.communicate(timeout=20)[0]


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        port: int = attempt.getsockname()[1]
        return port


def wait_for(server: Server) -> Server:
    """Waits until it answers; fails with its output when it ends instead."""
    for _ in range(1800):  # a busy machine is not a fault
        if server.process.poll() is not None:
            pytest.fail(f"it ended with {server.process.returncode}: {server.process.communicate()[0]}")
        try:
            server.health()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return server
    pytest.fail("it never answered")


@pytest.fixture
def start(data_folder: Path) -> Iterator[Callable[..., Server]]:
    """Starts a server and waits until it answers: `start("serve")`. All are gone when the test ends."""
    servers: list[Server] = []

    def begin(*arguments: str, program: tuple[str, ...] = (sys.executable, "-m", "leadline.cli")) -> Server:
        port = free_port()
        process = subprocess.Popen(
            [*program, *arguments, "--port", str(port)],
            env=environment(data_folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # as in a terminal of its own
        )
        servers.append(Server(process, port))
        return wait_for(servers[-1])

    yield begin
    for server in servers:
        if server.process.poll() is None:
            server.process.kill()
        server.process.communicate()
