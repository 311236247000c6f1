"""Every benchmark runs at a tiny size, and its files are what it says. No time is asserted."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench import children, generate, handwritten, kills

DEALS = 60


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all: files are generated and imported once."""
    return tmp_path_factory.mktemp("bench work")


def bench(name: str, work: Path, *words: str) -> dict[str, float]:
    """Run a benchmark as people do; its figures by name."""
    told = work / f"{name}.json"
    command = [sys.executable, "-m", f"bench.{name}", "--work", str(work), "--json", str(told), *words]
    done = subprocess.run(command, env=children.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    content = json.loads(told.read_text())
    assert {"machine", "load", "commit", "python", "duckdb", "sqlite", "baseline"} <= content.keys()
    return {figure["name"]: figure["value"] for figure in content["figures"]}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    one, two = (generate.generate(tmp_path / name, 500, seed=3) for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_files_have_the_promised_shape(tmp_path: Path) -> None:
    files = {path.stem: rows(path) for path in generate.generate(tmp_path, 2000)}
    statuses = Counter(row["Status"] for row in files["deals"])
    assert statuses["open"] == 100
    assert len(files["activities"]) == 6000
    history = Counter(row["Deal ID"] for row in files["stage_changes"])
    assert history.keys() == {row["Deal ID"] for row in files["deals"]}
    changes = sum(history.values()) + 2000 - statuses["open"]
    assert 4.7 < changes / 2000 < 5.3


def test_histories_run_in_time_and_end_where_the_deal_stands(tmp_path: Path) -> None:
    files = {path.stem: rows(path) for path in generate.generate(tmp_path, 500)}
    for deal in files["deals"]:
        history = [row for row in files["stage_changes"] if row["Deal ID"] == deal["Deal ID"]]
        times = [row["Time"] for row in history]
        assert times == sorted(times)
        assert times[0] == deal["Created"]
        assert not deal["Closed"] or times[-1] <= deal["Closed"]
        assert history[-1]["Stage"] == deal["Stage"]
        assert history[-1]["Amount"] == deal["Value"]


@pytest.mark.slow
def test_importing(work: Path) -> None:
    assert bench("importing", work, "--deals", str(DEALS))["peak memory"] > 0


@pytest.mark.slow
def test_pages_of_insights(work: Path) -> None:
    found = bench("pages_of_insights", work, "--deals", str(DEALS), "--repeats", "1", "--only", "funnel")
    assert {"funnel, cold, p50", "funnel, warm, p95"} == found.keys() - {"funnel, cold, p95", "funnel, warm, p50"}
    assert all(found.values())


@pytest.mark.slow
def test_metrics(work: Path) -> None:
    found = bench("metrics", work, "--deals", str(DEALS), "--repeats", "1")
    asked = {f"{metric} by {by}" for metric in handwritten.PARTS for by in handwritten.DIMENSIONS}
    assert asked <= found.keys()


@pytest.mark.slow
def test_catching_up(work: Path) -> None:
    assert bench("catching_up", work, "--deals", str(DEALS), "--changes", "5", "--repeats", "2")


@pytest.mark.slow
def test_moves(work: Path) -> None:
    assert bench("moves", work, "--deals", str(DEALS), "--moves", "5")


@pytest.mark.slow
def test_serving(work: Path) -> None:
    assert bench("serving", work, "--deals", str(DEALS), "--requests", "6", "--starts", "1")


@pytest.mark.slow
def test_pages(work: Path) -> None:
    found = bench("pages", work, "--deals", str(DEALS), "--repeats", "2", "--seconds", "1")
    assert found["of them failed"] == 0
    assert {"board, p95", "move, p50", "search, p95", "poll, p50", "creates by 8 clients"} <= found.keys()


@pytest.mark.slow
def test_sellers(work: Path) -> None:
    found = bench("sellers", work, "--deals", str(DEALS), "--sellers", "2", "--seconds", "3")
    assert found["errors"] == 0
    assert found["poll, p50"] > 0


@pytest.mark.slow
@pytest.mark.journey
def test_browsing(work: Path) -> None:
    found = bench("browsing", work, "--deals", str(DEALS), "--loads", "1")
    assert found["scripts, compressed"] > 0


@pytest.mark.slow
def test_simulating(work: Path) -> None:
    found = bench("simulating", work, "--deals", str(DEALS))
    assert found[f"{DEALS} deals, engine, a second"] > 0


@pytest.mark.slow
def test_kills_find_nothing_lost_and_nothing_half(work: Path) -> None:
    found = bench("kills", work, "--imports", "1", "--moves", "3", "--deals", "40")
    assert found["ended imports lost"] == 0
    assert found["half imports"] == 0
    assert found["promised moves lost"] == 0
    assert found["starts at which doctor found damage"] == 0


def test_a_promised_move_that_is_missing_is_counted() -> None:
    assert kills.left_over([2, 3, 4], [2, 3, 4, 5]) == 0
    assert kills.left_over([2, 3, 4], [2, 4]) == 1
    assert kills.left_over([2, 3], [3, 2]) == 1


@pytest.mark.slow
def test_arrivals(work: Path) -> None:
    words = ("--deals", str(DEALS), "--rate", "10", "--seconds", "2", "--settle", "0", "--before", "1", "--after", "1")
    found = bench("arrivals", work, *words)
    assert found["of them thanked for (303)"] == found["kept, all states together"] == 20
    assert found["errors"] == found["lost"] == 0
