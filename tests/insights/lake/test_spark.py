"""Every metric on Spark is what it is on DuckDB, by value; also on a cluster of two workers."""

from __future__ import annotations

import math
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leadline.insights.catalogue import METRICS
from leadline.insights.lake.session import session
from leadline.insights.lake.spark import SparkLake
from leadline.insights.lake.spark_sql import spark_sql
from leadline.insights.metrics.answering import answer
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER, question
from tests.strategies.ledger import DAY, START

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("java")]
WORKER = ("--cores", "1", "--memory", "1g", "--webui-port", "0")
IN_BERLIN = {"zone": "Europe/Berlin"}


@pytest.fixture(scope="module")
def spark(lake: Path) -> Iterator[SparkLake]:
    opened = SparkLake(lake, "local[2]")
    own = for_few(session("local[2]"))
    yield opened
    own.stop()


def for_few(own: Any) -> Any:
    """Sixty deals are counted sooner than Java is written and compiled for them."""
    own.conf.set("spark.sql.codegen.wholeStage", "false")
    own.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    own.conf.set("spark.sql.shuffle.partitions", "2")
    return own


def same(one: Any, other: Any) -> bool:
    """Equal by value: floats to twelve digits, for sums are taken in another order."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return bool(one == other)


def both(home: Warehouse, spark: SparkLake, metric: str, *by: str, **more: Any) -> tuple[Any, Any]:
    asked = question(metric, *by, **IN_BERLIN, **more)
    with home.as_of(asked.as_of) as tables:
        here = answer(tables, asked)
    with spark.as_of(asked.as_of) as tables:
        return here, answer(tables, asked)


def broken_down(metric: str) -> str | None:
    return next((name for name in ("owner", "source", "month") if name in METRICS[metric].dimensions), None)


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric(home: Warehouse, spark: SparkLake, metric: str) -> None:
    by = broken_down(metric)
    here, there = both(home, spark, metric, *([by] if by else []))
    assert same(here, there), (here, there)


def test_something_is_counted(home: Warehouse, spark: SparkLake) -> None:
    here, _there = both(home, spark, "stage_conversion", "stage")
    assert sum(row["n"] for row in here) > 60


@pytest.mark.parametrize("by", [("week",), ("product", "month"), ("label",), ("team", "quarter"), ("lost_reason",)])
def test_dimensions(home: Warehouse, spark: SparkLake, by: tuple[str, ...]) -> None:
    here, there = both(home, spark, "win_rate", *by)
    assert same(here, there), (here, there)


@pytest.mark.parametrize("metric", ["stage_conversion", "time_in_stage", "open_value"])
def test_as_of_a_past_day(home: Warehouse, spark: SparkLake, metric: str) -> None:
    here, there = both(home, spark, metric, "owner", as_of=START + 90 * DAY)
    now, _ = both(home, spark, metric, "owner", as_of=LATER)
    assert same(here, there), (here, there)
    assert not same(here, now)


def test_for_somebody_who_sees_few_deals_in_a_period(home: Warehouse, spark: SparkLake) -> None:
    few = {"seen": (1, 2, 3, 5, 8, 13, 21), "start": START.date(), "where": {"source": "Web"}}
    here, there = both(home, spark, "win_rate_cohort", **few)
    assert same(here, there)
    assert here[0]["n"] + here[0]["pending"] == 5


def test_values_are_written_as_text_and_never_as_sql() -> None:
    assert "'it''s ?'" in spark_sql("SELECT 1 WHERE x = ?", ["it's ?"]).replace("\\'", "''")
    assert spark_sql("SELECT '?' AS y WHERE x = ?", [1]).count("?") == 1


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A master and two workers on loopback."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = _free_port()
    own = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    environment = {**os.environ, **own}
    running: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *arguments: str) -> None:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1"]
        log = (tmp_path / f"{len(running)}.log").open("wb")
        running.append(subprocess.Popen([*command, *arguments], env=environment, stdout=log, stderr=log, cwd=tmp_path))

    master = f"spark://127.0.0.1:{port}"
    start("master.Master", "--port", str(port), "--webui-port", "0")
    for _ in range(2):
        start(
            "worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(tmp_path), master
        )
    yield master
    for process in running:
        process.terminate()
    for process in running:
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def executors(context: Any) -> int:
    """How many there are beside the driver."""
    return int(context._jsc.sc().getExecutorMemoryStatus().size()) - 1


def test_on_a_cluster_of_two_workers(home: Warehouse, lake: Path, cluster: str) -> None:
    session().stop()  # that of the other tests, if they ran here
    spark = SparkLake(lake, cluster)
    context = for_few(session(cluster)).sparkContext
    try:
        here, there = both(home, spark, "stage_conversion", "stage")
        assert same(here, there), (here, there)
        assert context.master == cluster
        assert executors(context) == 2
    finally:
        context.stop()
