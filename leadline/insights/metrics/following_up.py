"""What was never followed up (R13), of what is old enough to tell."""

from __future__ import annotations

from leadline.insights.metrics.kind import Kind
from leadline.insights.metrics.leads import columns, put_share
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, moment, selection
from leadline.insights.numbers.shown import floats
from leadline.insights.question import Question

DAYS = 7
OLD = f"created_at <= {{as_of}} - INTERVAL '{DAYS}' DAY"
UNTOUCHED = f"coalesce(waited > {DAYS}, true)"


def untouched(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator without a touch within 7 days of creation, of denominator (= n) at least 7 days old.

    Also value, low, high (90 % Jeffreys), pending: younger ones.
    """
    old = OLD.replace("{as_of}", moment(question))
    counts = (
        f"count(*) FILTER (WHERE {old} AND {UNTOUCHED}) AS k, count(*) FILTER (WHERE {old}) AS n, "
        f"count(*) FILTER (WHERE NOT ({old})) AS pending"
    )
    groups = grouped(tables, question, selection(question), counts)
    rows = labelled(question, groups)
    put_share(question, rows, floats(groups, "k"), floats(groups, "n"))
    for row, pending in zip(rows, groups.column("pending").to_pylist(), strict=True):
        row["pending"] = pending
    return rows


PARTS = {"": OLD, "numerator": f"{OLD} AND {UNTOUCHED}", "denominator": OLD, "pending": f"NOT ({OLD})"}
NAMES = ("numerator", "denominator", "pending")
KINDS = {
    "untouched_leads": Kind(untouched, PARTS, columns("leads", *NAMES)),
    "untouched_deals": Kind(untouched, PARTS, columns("deals", *NAMES)),
}
