"""From a stage to the win, and who went on without ever winning (R11)."""

from __future__ import annotations

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.proportion import COLUMNS, PARTS, proportion

KINDS = {
    "to_won": Kind(
        proportion,
        {
            **PARTS,
            "skipped": "jumped = 1",
            # Of a deal that lost after it had gone on from here, going on was no merit.
            "carried": "advanced = 1 AND failure = 1",
        },
        (*COLUMNS, Column("skipped", "deals", "skipped")),
    )
}
