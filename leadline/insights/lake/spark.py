"""A lake as the relations that metrics read, computed by Apache Spark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from leadline.insights.derived.compiled import derivation_sql
from leadline.insights.derived.deriving import STEPS, views
from leadline.insights.derived.inputs import VERSIONS as VERSIONS_IN
from leadline.insights.derived.undone import Move, undone
from leadline.insights.lake.exporting import LAKE
from leadline.insights.lake.manifest import Manifest, read
from leadline.insights.lake.session import LOCAL, session
from leadline.insights.lake.spark_sql import spark_sql
from leadline.insights.store.relations import relations
from leadline.insights.store.sources import of_edition
from leadline.insights.store.states import literal
from leadline.insights.store.tables import KEPT


class SparkLake:
    """Answers SELECTs as `store.Warehouse` does, on a Spark cluster or in this process.

    Raises NoLake, NoSpark.
    """

    def __init__(self, folder: Path, master: str = LOCAL) -> None:
        self._folder = folder.resolve()
        self._lake = read(folder, LAKE)
        self._spark = session(master)
        self._moment: dt.datetime | None = None
        for table in self._lake.parts:
            self._open(table, self._lake)

    def _open(self, table: str, lake: Manifest) -> None:
        paths = [str(self._folder / part.path) for part in lake.parts[table].values()]
        if paths:
            self._spark.read.parquet(*paths).createOrReplaceTempView(table)
            return
        columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in lake.columns[table].items())
        self._view(table, f"SELECT {columns} WHERE false")

    def _view(self, name: str, select: str) -> None:
        self._spark.sql(spark_sql(select)).createOrReplaceTempView(name)

    @contextmanager
    def as_of(self, moment: dt.datetime) -> Iterator[SparkLake]:
        """Inside, SELECTs see the relations as of this moment (naive UTC)."""
        if moment != self._moment:
            self._make(moment)
            self._moment = moment
        yield self

    def _make(self, moment: dt.datetime) -> None:
        """The relations as of then; what metrics read again and again stays in the cluster's memory."""
        self._spark.catalog.clearCache()
        now = moment.isoformat() >= self._lake.last
        for name, select in relations(None if now else moment).items():
            self._view(name, select)
        for table in KEPT if now else ():
            self._open(table, self._lake)
        if not now:
            self._derive(moment)
        for name in ("deals", "names", *KEPT):
            self._spark.catalog.cacheTable(name)

    def _derive(self, moment: dt.datetime) -> None:
        """Visits, passages, care, from the versions cut off then, by the derivations that the warehouse uses."""
        then = literal(moment)
        columns = ", ".join(
            f"CASE WHEN valid_to <= {then} THEN valid_to END AS valid_to" if name == "valid_to" else name
            for name in VERSIONS_IN.columns
        )
        made_of = of_edition(f"SELECT {columns} FROM deal_versions WHERE valid_from <= {then}")
        self._view("activities_in", made_of.activities)
        for name, select in views(made_of).items():
            self._view(name, select)
        self._view("runs_in", derivation_sql("runs"))
        self._drop_undone()
        for step in STEPS:
            self._view(f"{step}_in", derivation_sql(step))
        for name in KEPT:
            self._view(name, f"SELECT * FROM {name}_in")

    def _drop_undone(self) -> None:
        suspects = f"SELECT deal FROM ({derivation_sql('hasty_returns')})"
        rows = self.arrow(
            f"SELECT deal, seq, place, started_at, actor FROM runs_in WHERE deal IN ({suspects}) ORDER BY deal, seq"
        ).to_pylist()
        dropped = list(undone(Move(*row.values()) for row in rows))
        if dropped:
            self._spark.createDataFrame(dropped, "deal BIGINT, seq INT").createOrReplaceTempView("undone_in")
            self._spark.table("runs_in").createOrReplaceTempView("runs_all")
            self._view(
                "runs_in",
                "SELECT r.* FROM runs_all AS r LEFT JOIN undone_in AS u ON r.deal = u.deal AND r.seq = u.seq "
                "WHERE u.deal IS NULL",
            )

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The result of a SELECT in DuckDB's SQL."""
        found: pa.Table = self._spark.sql(spark_sql(sql, values)).toArrow()
        return found
