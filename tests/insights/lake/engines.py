"""DuckDB and Spark side by side: the same question to both, their answers compared value by value; a small cluster."""

from __future__ import annotations

import math
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from leadline.insights.catalogue import METRICS
from leadline.insights.lake.spark import SparkLake
from leadline.insights.metrics.answering import answer
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import question

TOLERANCE = 1e-12  # relative: sums of floats are taken in another order
WORKERS = 2
FIRST_ASKED = ("lack", "event", "playbook", "discard_reason", "giver_role", "owner", "source", "month")
IN_BERLIN = {"zone": "Europe/Berlin"}


@dataclass
class Comparison:
    """How many values were compared, how many differ, and the largest relative difference between two numbers."""

    values: int = 0
    unequal: int = 0
    largest: float = 0.0

    def compare(self, one: Any, other: Any) -> None:
        """Whatever answers are made of, down to single values."""
        if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
            one, other = list(one.values()), list(other.values())
        if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
            for mine, theirs in zip(one, other, strict=True):
                self.compare(mine, theirs)
            return
        self.values += 1
        self.unequal += not self._same(one, other)

    def _same(self, one: Any, other: Any) -> bool:
        if isinstance(one, float) and isinstance(other, float) and one and other:
            self.largest = max(self.largest, abs(one - other) / max(abs(one), abs(other)))
            return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        return bool(one == other)


def same(one: Any, other: Any) -> bool:
    """Equal by value."""
    comparison = Comparison()
    comparison.compare(one, other)
    return not comparison.unequal


def both(home: Warehouse, spark: SparkLake, metric: str, *by: str, **more: Any) -> tuple[Any, Any]:
    """The rows of DuckDB, and those of Spark."""
    asked = question(metric, *by, **IN_BERLIN, **more)
    with home.as_of(asked.as_of) as tables:
        here = answer(tables, asked)
    with spark.as_of(asked.as_of) as tables:
        return here, answer(tables, asked)


def broken_down(metric: str) -> list[str]:
    """By what a metric is asked when all are: the first of these that it has."""
    return [name for name in FIRST_ASKED if name in METRICS[metric].dimensions][:1]


def for_few(own: Any) -> Any:
    """Sixty deals are counted sooner than Java is written and compiled for them."""
    own.conf.set("spark.sql.codegen.wholeStage", "false")
    own.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    own.conf.set("spark.sql.shuffle.partitions", "2")
    return own


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of a master with two workers, each a process of its own on loopback; they write into `folder`."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = _free_port()
    own = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    running: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *arguments: str) -> None:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1"]
        log = (folder / f"{len(running)}.log").open("wb")
        running.append(
            subprocess.Popen([*command, *arguments], env={**os.environ, **own}, stdout=log, stderr=log, cwd=folder)
        )

    # A worker that holds nothing of what a task reads need not wait three seconds for the one that does.
    (folder / "spark-defaults.conf").write_text("spark.locality.wait 0s\nspark.shuffle.compress false\n")
    master = f"spark://127.0.0.1:{port}"
    start("master.Master", "--port", str(port), "--webui-port", "0")
    each = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder), master)
    for _ in range(WORKERS):
        start("worker.Worker", *each)
    try:
        with patch.dict(os.environ, SPARK_CONF_DIR=str(folder)):
            yield master
    finally:
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
