"""`leadline doctor` finds planted damage, and says the mend."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


def findings(leadline) -> list[dict[str, object]]:
    printed = leadline("doctor", "--json")
    found = json.loads(printed.stdout)
    assert printed.returncode == int(not all(finding["good"] for finding in found))
    return found


def complaints(leadline) -> str:
    bad = [finding for finding in findings(leadline) if not finding["good"]]
    assert all(finding["mend"] for finding in bad)
    return "\n".join(f"{finding['about']}: {finding['text']} -> {finding['mend']}" for finding in bad)


def database(settled: Path) -> sqlite3.Connection:
    return sqlite3.connect(settled / "leadline.sqlite3")


def test_all_is_well(leadline, settled):
    assert complaints(leadline) == ""
    about = {finding["about"] for finding in findings(leadline)}
    assert {"installation", "data folder", "database", "log and rows"} <= about


def test_it_prints_a_line_each(leadline, settled):
    printed = leadline("doctor")
    assert printed.returncode == 0
    assert all(line.startswith("ok ") for line in printed.stdout.splitlines())


def test_without_a_database_it_says_so(leadline):
    assert "there is none yet" in complaints(leadline)


def test_a_key_that_others_can_read(leadline, settled):
    (settled / "secret.key").chmod(0o640)
    assert "others can read secret.key -> chmod 600" in complaints(leadline)


def test_a_folder_that_others_can_look_into(leadline, settled):
    settled.chmod(0o755)
    assert "chmod 700" in complaints(leadline)


def test_a_row_changed_past_the_log(leadline, settled):
    with database(settled) as base:
        base.execute("UPDATE accounts_user SET name = 'Eve'")
    assert "user 1: name is 'Eve' in its row and 'Ada' in the log" in complaints(leadline)


def test_a_change_that_is_gone_from_the_log(leadline, settled):
    with database(settled) as base:
        base.execute("DELETE FROM history_change WHERE entity = 'user'")
    assert "user 1 is in the table but not in the log" in complaints(leadline)


def test_a_damaged_file(leadline, settled):
    with database(settled) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.execute("PRAGMA journal_mode=DELETE")
    path = settled / "leadline.sqlite3"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size // 4))
    assert "database: " in complaints(leadline)
    assert "Restore a backup" in complaints(leadline)


def test_a_newer_schema(leadline, settled):
    with database(settled) as base:
        base.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('crm', '9999_later', '2030-01-01')")
    assert "newer Leadline" in complaints(leadline)


def test_it_changes_nothing(leadline, settled):
    with database(settled) as base:
        before = list(base.iterdump())
    leadline("doctor")
    with database(settled) as base:
        assert list(base.iterdump()) == before
