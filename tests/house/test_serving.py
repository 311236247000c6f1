"""`leadline serve`: one server to a folder, closed on what it cannot trust, gone when told."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import stat
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_fresh_folder_is_made_private_and_served_with_a_link_for_the_first_administrator(start, data_folder):
    server = start("serve")
    line = next(line for line in iter(server.process.stdout.readline, "") if "/setup/" in line)
    path = line.strip().removeprefix(server.address)
    assert server.get(path)[0] == 200
    assert server.get("/setup/guessed/")[0] != 200
    assert server.health() == (
        200,
        {"status": "ok", "schema": "current", "database": "sqlite", "warehouse_lag": None},
    )
    assert mode(data_folder) == 0o700
    assert mode(data_folder / "secret.key") == mode(data_folder / "leadline.sqlite3") == 0o600


def test_listening_for_others_it_says_what_lets_them_in_and_ends_in_peace(start, settled):
    server = start("serve", "--host", "0.0.0.0")
    assert "LEADLINE_HOSTS" in server.stop()
    assert server.process.returncode == 0


def test_interrupted_it_ends_in_peace(start, settled):
    server = start("serve")
    server.stop(signal.SIGINT)
    assert server.process.returncode == 0


def test_ctrl_c_in_a_terminal_which_reaches_the_worker_too_ends_it_in_peace(start, settled):
    server = start("serve")
    os.killpg(server.process.pid, signal.SIGINT)
    assert "refused" not in server.process.communicate(timeout=20)[0]
    assert server.process.returncode == 0


def test_a_second_server_on_folder_or_port_is_refused_and_told_where_the_first_is(start, leadline, settled, tmp_path):
    server = start("serve")
    refused = leadline("serve", "--port", "1")
    assert refused.returncode == 3
    assert server.address in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    taken = leadline("serve", "--port", str(server.port), LEADLINE_DATA=str(tmp_path / "other"))
    assert taken.returncode == 3
    assert f"port {server.port}" in taken.stderr
    assert "--port" in taken.stderr


def test_when_it_is_killed_the_next_start_finds_folder_and_port_free_and_the_same_key(start, settled):
    key = (settled / "secret.key").read_text()
    server = start("serve")
    server.process.kill()
    server.process.wait()
    for _ in range(100):  # the worker notices within a second or two
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", server.port)) != 0:
                break
        time.sleep(0.1)
    start("serve")
    assert (settled / "secret.key").read_text() == key


def test_a_key_that_others_can_read_is_refused_with_its_mend(leadline, settled):
    (settled / "secret.key").chmod(0o644)
    refused = leadline("serve")
    assert refused.returncode == 3
    assert "chmod 600" in refused.stderr


def test_a_folder_that_is_a_file_is_refused(leadline, data_folder):
    data_folder.write_text("")
    for command in ["serve"], ["doctor"]:
        refused = leadline(*command)
        assert refused.returncode == 3
        assert "LEADLINE_DATA" in refused.stderr


def plant(data_folder: Path, *statements: str) -> None:
    with sqlite3.connect(data_folder / "leadline.sqlite3") as database:
        for statement in statements:
            database.execute(statement)


def contents(data_folder: Path) -> list[str]:
    with sqlite3.connect(data_folder / "leadline.sqlite3") as database:
        return list(database.iterdump())


NEWER = "INSERT INTO django_migrations (app, name, applied) VALUES ('crm', '9999_from_the_future', '2030-01-01')"
CUT_SHORT = (
    "CREATE TABLE IF NOT EXISTS leadline_upgrade_step (app varchar(255), name varchar(255), whole smallint)",
    "INSERT INTO leadline_upgrade_step VALUES ('crm', '0099_in_two_steps', 0)",
)


@pytest.mark.parametrize("command", [("serve",), ("user", "list")])
def test_a_newer_schema_is_refused_and_nothing_written(leadline, settled, command):
    plant(settled, NEWER)
    before = contents(settled)
    refused = leadline(*command)
    assert refused.returncode == 3
    assert "newer" in refused.stderr
    assert "crm.9999_from_the_future" in refused.stderr
    assert contents(settled) == before


def test_an_upgrade_that_was_cut_short_is_refused(leadline, settled):
    plant(settled, *CUT_SHORT)
    refused = leadline("serve")
    assert refused.returncode == 3
    assert "crm.0099_in_two_steps" in refused.stderr
    assert "backup" in refused.stderr


def test_a_schema_that_is_not_what_its_list_says_is_refused(leadline, settled):
    plant(settled, "DELETE FROM django_migrations WHERE app = 'history'")
    refused = leadline("serve")
    assert refused.returncode == 3
    assert len(refused.stderr.splitlines()) == 1


def test_a_running_server_says_when_its_database_was_upgraded_under_it(start, settled):
    server = start("serve")
    plant(settled, NEWER)
    status, health = server.health()
    assert status == 503
    assert health["schema"] == "newer"
    assert "newer" in health["status"]
