"""Every metric by stage, owner and month as one would write it by hand in DuckDB: values without intervals."""

from __future__ import annotations

DIMENSIONS = ("stage", "owner", "month")
NAMES = {"stage": "stage_versions", "owner": "user_versions"}
KEYS = {"stage": "stage", "owner": '"user"'}
DEALS = "(SELECT * FROM deal_versions WHERE valid_to IS NULL AND NOT gone)"
SHARE = "count(*) FILTER (WHERE status = 'won') AS won, count(*) AS n"
DAYS = "median({0}) AS median, avg({0}) AS mean, quantile_cont({0}, 0.8) AS p80, count({0}) AS n"
CLOSE, STAY = "epoch(closed_at - created_at) / 86400", "epoch(left_at - entered_at) / 86400"
SIZE = "avg(value_base) AS mean, median(value_base) AS median, count(value_base) AS n"
TOTAL = "sum(value_base) AS total, count(*) AS n"

# Metric: from where, under which condition, what, and the time by which it falls into a month.
PARTS = {
    "stage_conversion": (
        "passages",
        "true",
        "count(*) FILTER (WHERE outcome = 'advanced') AS k, count(*) FILTER (WHERE outcome <> 'pending') AS n",
        "entered_at",
    ),
    "win_rate": (DEALS, "status IN ('won', 'lost')", SHARE, "closed_at"),
    "win_rate_cohort": (DEALS, "status IN ('won', 'lost')", SHARE, "created_at"),
    "deal_size": (DEALS, "status = 'won'", SIZE, "closed_at"),
    "time_to_close": (DEALS, "status = 'won'", DAYS.format(CLOSE), "closed_at"),
    "time_in_stage": ("visits", "left_at IS NOT NULL", DAYS.format(STAY), "left_at"),
    "deals_added": (DEALS, "true", "count(*) AS n", "created_at"),
    "open_value": (DEALS, "status = 'open'", TOTAL, "expected_close_on"),
    "booked_revenue": (DEALS, "status = 'won'", TOTAL, "closed_at"),
}


def query(metric: str, dimension: str) -> str:
    """One SELECT over the warehouse's tables."""
    source, condition, columns, moment = PARTS[metric]
    if dimension == "month":
        return (
            f"SELECT strftime({moment}, '%Y-%m') AS month, {columns} FROM {source} AS f "
            f"WHERE {condition} GROUP BY 1 ORDER BY month"
        )
    name = f"(SELECT {KEYS[dimension]} AS id, name FROM {NAMES[dimension]} WHERE valid_to IS NULL)"
    return (
        f"SELECT names.name, {columns} FROM (SELECT * FROM {source} AS s WHERE {condition}) AS f "
        f"LEFT JOIN {name} AS names ON names.id = f.{dimension} GROUP BY 1 ORDER BY names.name"
    )
