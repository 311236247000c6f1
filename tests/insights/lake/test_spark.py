"""Every metric on Spark is what it is on DuckDB, by value: all of them in one process, some on a cluster.

`python -m bench.equality` asks every one on the cluster too, and counts the values that are compared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leadline.insights.catalogue import METRICS
from leadline.insights.lake.session import session
from leadline.insights.lake.spark import SparkLake
from leadline.insights.lake.spark_sql import spark_sql
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER
from tests.insights.lake.engines import WORKERS, both, broken_down, cluster, executors, for_few, same
from tests.strategies.ledger import DAY, START

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("java")]


@pytest.fixture(scope="module")
def where(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The address of Spark's master; the one session of a process is stopped before the next begins."""
    if request.param == "a cluster":
        with cluster(tmp_path_factory.mktemp("cluster")) as master:
            yield master
            session(master).stop()
    else:
        yield "local[2]"
        session("local[2]").stop()


@pytest.fixture(scope="module")
def spark(where: str, lake: Path) -> SparkLake:
    opened = SparkLake(lake, where)
    for_few(session(where))
    return opened


# Medians, shares of lists, windows, models and dates: what may fall apart when rows are spread over workers.
ON_WORKERS = (
    "stage_conversion",
    "time_in_stage",
    "fluff_share",
    "misattribution",
    "coverage",
    "lag",
    "effective_deals",
)

on_a_cluster = pytest.mark.parametrize("where", ["a cluster"], indirect=True, scope="module")
in_one_process = pytest.mark.parametrize("where", ["one process"], indirect=True, scope="module")


@in_one_process
@pytest.mark.parametrize("metric", METRICS)
def test_every_metric(home: Warehouse, spark: SparkLake, metric: str) -> None:
    here, there = both(home, spark, metric, *broken_down(metric))
    assert same(here, there), (here, there)


@on_a_cluster
@pytest.mark.parametrize("metric", ON_WORKERS)
def test_rows_spread_over_workers(home: Warehouse, spark: SparkLake, metric: str) -> None:
    here, there = both(home, spark, metric, *broken_down(metric))
    assert same(here, there), (here, there)


@on_a_cluster
def test_something_is_counted_by_both_workers(home: Warehouse, spark: SparkLake, where: str) -> None:
    here, there = both(home, spark, "stage_conversion", "stage")
    assert same(here, there), (here, there)
    assert sum(row["n"] for row in here) > 60
    context = session(where).sparkContext
    assert context.master == where
    assert executors(context) == WORKERS


@in_one_process
@pytest.mark.parametrize("by", [("week",), ("product", "month"), ("label",), ("team", "quarter"), ("lost_reason",)])
def test_dimensions(home: Warehouse, spark: SparkLake, by: tuple[str, ...]) -> None:
    here, there = both(home, spark, "win_rate", *by)
    assert same(here, there), (here, there)


@in_one_process
@pytest.mark.parametrize("metric", ["stage_conversion", "time_in_stage", "open_value"])
def test_as_of_a_past_day(home: Warehouse, spark: SparkLake, metric: str) -> None:
    here, there = both(home, spark, metric, "owner", as_of=START + 90 * DAY)
    now, _ = both(home, spark, metric, "owner", as_of=LATER)
    assert same(here, there), (here, there)
    assert not same(here, now)


@in_one_process
def test_for_somebody_who_sees_few_deals_in_a_period(home: Warehouse, spark: SparkLake) -> None:
    few = {"seen": (1, 2, 3, 5, 8, 13, 21), "start": START.date(), "where": {"source": "Web"}}
    here, there = both(home, spark, "win_rate_cohort", **few)
    assert same(here, there)
    assert here[0]["n"] + here[0]["pending"] == 5


@in_one_process
@pytest.mark.parametrize(("held", "target"), [((), None), ((1,), 9000)])
def test_targets_that_what_is_seen_can_be_held_against(
    home: Warehouse, spark: SparkLake, held: tuple[int, ...], target: int | None
) -> None:
    half = {"start": dt.date(2024, 1, 1), "end": dt.date(2024, 6, 30), "targets": held}
    here, there = both(home, spark, "coverage", "owner", seen=(1, 4, 7, 10), **half)
    assert same(here, there), (here, there)
    assert [row["target"] for row in there if row["owner"] == "Ann"] == [target]


def test_values_are_written_as_text_and_never_as_sql() -> None:
    assert "'it''s ?'" in spark_sql("SELECT 1 WHERE x = ?", ["it's ?"]).replace("\\'", "''")
    assert spark_sql("SELECT '?' AS y WHERE x = ?", [1]).count("?") == 1
