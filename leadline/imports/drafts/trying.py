"""A plan tried out: what it would do and what is wrong, as plain JSON for the page."""

from __future__ import annotations

from typing import Any

from leadline.imports.drafts.previewing import preview
from leadline.imports.drafts.words import words
from leadline.imports.faults import Fault
from leadline.imports.gathering import EXAMPLES, gathered
from leadline.imports.models import Import
from leadline.imports.planning.plan import Plan
from leadline.imports.planning.staging import Staging
from leadline.imports.result import Result

KINDS_OF_PROBLEM = 1000
PROBLEMS = """
SELECT file, "column", reason, mend, fatal, count(DISTINCT row), min(id) FROM fault
GROUP BY file, "column", reason, mend, fatal ORDER BY fatal DESC, count(DISTINCT row) DESC, min(id) LIMIT ?
"""
ROWS = """
SELECT row, value FROM fault WHERE file = ? AND "column" = ? AND reason = ? AND mend = ? AND fatal = ?
ORDER BY row, id LIMIT ?
"""

Json = dict[str, Any]


def tried(plan: Plan, result: Result, arrival: Import, problems: list[Json]) -> Json:
    """What the page says of a plan that has no open questions. `problems` are those of the trial."""
    return {
        "trial": result.counts(),
        "total": arrival.total,
        "copies": plan.copies,
        "deleted": plan.deleted,
        "notes": result.notes,
        "merged": {entity: pairs[:20] for entity, pairs in result.merged.items()},
        "problems": problems,
        "previews": previews(plan, result),
        "words": words(plan),
        "new_stages": [name.partition(": ")[2] or name for name in result.made_names.get("stage", [])],
    }


def previews(plan: Plan, result: Result) -> list[Json]:
    """Of each table. Rows with problems are those of the trial: some only show beside other records."""
    faults: dict[str, list[Fault]] = {table.label: [] for table in plan.tables}
    for fault in [*result.failures, *result.warnings]:
        if fault.file in faults:
            faults[fault.file].append(fault)
    return [preview(table, plan.options, faults[table.label]) for table in plan.tables]


def problems(staging: Staging) -> list[Json]:
    """What is wrong, by kind: what keeps rows out first, the most frequent first, with its first rows."""
    found = []
    for file, column, reason, mend, fatal, count, _first in staging.db.execute(PROBLEMS, [KINDS_OF_PROBLEM]).fetchall():
        rows = staging.db.execute(ROWS, [file, column, reason, mend, fatal, EXAMPLES]).fetchall()
        found.append(
            {
                "file": file,
                "column": column,
                "reason": reason,
                "mend": mend,
                "fatal": bool(fatal),
                "count": count,
                "rows": [{"row": row, "value": value[:80]} for row, value in rows],
            }
        )
    return gathered(found)
