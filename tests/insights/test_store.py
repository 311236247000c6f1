"""The warehouse's file: damaged, held, foreign, outdated, interrupted."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from leadline.insights.store import following, rederiving, refolding, tables
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER, followed, rows
from tests.strategies.ledger import DAY, START, Ledger


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger()
    one, two = made.pipeline("1", "2")
    for number in range(3):
        deal = made.deal(one, START)
        made.move(deal, two, START + (1 + number) * DAY)
    return made


def _count(warehouse: Warehouse) -> int:
    return rows(warehouse, "deals_added")[0]["n"]


def test_the_file_is_continued_where_it_stood(tmp_path: Path, ledger: Ledger) -> None:
    first = Warehouse(tmp_path)
    assert first.follow(ledger)
    first.close()
    second = Warehouse(tmp_path)
    assert not second.follow(ledger)
    assert _count(second) == 3
    ledger.deal(1, START)
    assert second.follow(ledger)
    assert _count(second) == 4


def test_who_asks_sees_one_stand_and_waits_for_nobody(tmp_path: Path, ledger: Ledger) -> None:
    warehouse, then = Warehouse(tmp_path), START + DAY / 2
    warehouse.follow(ledger)
    counted, moved = "SELECT count(*) AS n FROM deals", "SELECT count(*) AS n FROM visits"
    with warehouse.as_of(LATER) as now, warehouse.as_of(then) as past, warehouse.as_of(LATER) as again:
        assert now.stand == past.stand == again.stand
        assert (now.moment, past.moment, again.moment) == (None, START, None)
        before = [tables.arrow(moved).column("n")[0].as_py() for tables in (now, past)]
        for _ in range(8):  # other moments, for which there is no more room, and all forgotten as the log moves
            ledger.deal(1, START)
            with ThreadPoolExecutor(1) as other:  # would wait for ever, were the threads to take turns
                assert other.submit(warehouse.follow, ledger).result(10)
                assert other.submit(_count, warehouse).result(10) > 3
        assert [tables.arrow(counted).column("n")[0].as_py() for tables in (now, past, again)] == [3, 3, 3]
        assert [tables.arrow(moved).column("n")[0].as_py() for tables in (now, past)] == before
    with warehouse.as_of(LATER) as tables, followed(ledger).as_of(LATER) as others:
        assert tables.stand not in (now.stand, others.stand)
    assert _count(warehouse) == 11


@pytest.mark.parametrize("damage", [b"", b"not a database", b"\0" * 20_000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, ledger: Ledger, damage: bytes) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(damage)
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    assert _count(warehouse) == 3


def test_a_torn_file_is_made_anew(tmp_path: Path, ledger: Ledger) -> None:
    first = Warehouse(tmp_path)
    first.follow(ledger)
    first.close()
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(path.read_bytes()[:5000])
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    assert _count(warehouse) == 3


def test_a_file_damaged_in_its_middle_is_made_anew(tmp_path: Path, ledger: Ledger) -> None:
    first = Warehouse(tmp_path)
    first.follow(ledger)
    first.close()
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(path.read_bytes()[:12_288] + b"\xa5" * (path.stat().st_size - 12_288))
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    assert _count(warehouse) == 3


def test_a_file_that_another_program_filled_is_made_anew(tmp_path: Path, ledger: Ledger) -> None:
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as db:
        db.execute("CREATE TABLE progress (how VARCHAR)")
        db.execute("CREATE TABLE names (a INTEGER)")
        db.execute("CREATE VIEW visits AS SELECT 1")
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    assert _count(warehouse) == 3


def test_a_file_of_another_version_is_made_anew(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Warehouse(tmp_path)
    first.follow(ledger)
    first.close()
    monkeypatch.setattr(tables, "VERSION", tables.VERSION + 1)
    warehouse = Warehouse(tmp_path)
    assert warehouse.follow(ledger)
    assert _count(warehouse) == 3


def test_another_log_or_a_shorter_one_is_read_from_its_beginning(tmp_path: Path, ledger: Ledger) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    other = Ledger()
    other.pipeline("1")
    for _ in range(9):
        other.deal(1, START)
    warehouse.follow(other)
    assert _count(warehouse) == 9
    other.rows = other.rows[:-2]
    warehouse.follow(other)
    assert _count(warehouse) == 7


def test_an_erasure_makes_the_warehouse_anew(tmp_path: Path, ledger: Ledger) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    ledger.rows[2] = (*ledger.rows[2][:10], '{"name": "erased", "pipeline_id": 1, "position": 0}', None)
    ledger.add("erasure", START, entity="person")
    warehouse.follow(ledger)
    assert rows(warehouse, "stage_conversion", "stage")[-1]["stage"] == "erased"


def test_what_breaks_off_leaves_everything_as_it_was(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    before = warehouse.fingerprint()
    ledger.deal(1, START)
    with monkeypatch.context() as patch:
        patch.setattr(rederiving, "derive", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            warehouse.follow(ledger)
    assert warehouse.fingerprint() == before
    assert warehouse.follow(ledger)
    assert _count(warehouse) == 4


def _power_cut(*_: object) -> None:
    raise KeyboardInterrupt


def test_each_process_has_a_file_of_its_own(tmp_path: Path, ledger: Ledger) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    warehouse = Warehouse(tmp_path)
    warehouse.follow(ledger)
    assert _count(warehouse) == 3
    assert (tmp_path / "warehouse-2.duckdb").exists()
    holder.communicate("")
    assert holder.returncode == 0


_HOLD = """
import sys
from pathlib import Path
from leadline.insights.store.opening import open_file
held = open_file(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_long_logs_are_read_in_batches(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    whole = Warehouse()
    whole.follow(ledger)
    monkeypatch.setattr(following, "BATCH", 2)
    monkeypatch.setattr(refolding, "SLICE", 1)
    piecemeal, every = Warehouse(), ledger.rows
    for ledger.rows in (every[:3], every):
        piecemeal.follow(ledger)
    assert piecemeal.fingerprint() == whole.fingerprint()


def test_touches_are_what_people_did(ledger: Ledger) -> None:
    ledger.change("deal", 1, START + 5 * DAY, by=1, value="5")
    ledger.change("deal", 1, START + 6 * DAY, by=None, via="job", value="6")
    ledger.change("deal", 1, START + 7 * DAY, by=1, via="import", value="7")
    ledger.add("activity", START, deal_id=1, owner_id=2, done_at=START + 8 * DAY)
    ledger.add("activity", START, deal_id=1, owner_id=2, due_at=START + 9 * DAY)
    ledger.add("note", START + 10 * DAY, by=1, deal_id=1)
    warehouse = Warehouse()
    warehouse.follow(ledger)
    for as_of, kinds in ((START + 99 * DAY, ["move", "edit", "activity", "note"]), (START + 5 * DAY, ["move", "edit"])):
        with warehouse.as_of(as_of) as tables:
            found = tables.arrow("SELECT kind FROM touches WHERE deal = 1 ORDER BY touched_at").to_pylist()
        assert [row["kind"] for row in found] == kinds


def test_a_slip_and_its_undo_touch_nothing_once_it_is_undone(ledger: Ledger) -> None:
    ledger.change("deal", 1, START + 5 * DAY, by=1, value="5")
    slip = len(ledger.rows)
    ledger.change("deal", 1, START + 6 * DAY, by=1, undoes=slip, value=None)
    ledger.change("deal", 1, START + 7 * DAY, by=1, via="rule", value="6")
    warehouse = Warehouse()
    warehouse.follow(ledger)
    for as_of, kinds in ((START + 99 * DAY, ["move"]), (START + 5 * DAY, ["move", "edit"])):
        with warehouse.as_of(as_of) as tables:
            found = tables.arrow("SELECT kind FROM touches WHERE deal = 1 ORDER BY touched_at").to_pylist()
        assert [row["kind"] for row in found] == kinds
