"""Apache Spark, where it is installed."""

from __future__ import annotations

from typing import Any

LOCAL = "local[*]"


class NoSpark(RuntimeError):
    """Spark is not there; the text says the mend."""


def session(master: str = LOCAL) -> Any:
    """A Spark session, all in UTC. `master`: "local[2]", "spark://host:7077" … Raises NoSpark."""
    try:
        from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415  an extra, and heavy
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError:
        raise NoSpark("Spark is not installed. Install it with: pip install 'leadline[spark]'") from None
    builder: Any = SparkSession.builder
    if master.startswith("local"):
        builder = builder.config("spark.sql.shuffle.partitions", "8").config("spark.driver.host", "127.0.0.1")
    try:
        spark = (
            builder.master(master)
            .appName("leadline")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.timestampType", "TIMESTAMP_NTZ")
            # As DuckDB has it: what divides by nothing or cannot be read is null, not the end.
            .config("spark.sql.ansi.enabled", "false")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .getOrCreate()
        )
    except (PySparkRuntimeError, FileNotFoundError) as error:
        raise NoSpark(f"Spark does not start: {error}. It needs Java 17 or later (JAVA_HOME).") from None
    spark.sparkContext.setLogLevel("ERROR")
    return spark
