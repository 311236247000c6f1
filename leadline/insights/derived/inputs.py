"""The relations that visits and passages are made of, by name and shape: any engine may stand behind them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

VERSIONS: ir.Table = ibis.table(
    {
        "deal": "int64",
        "seq": "int32",
        "valid_from": "timestamp",
        "valid_to": "timestamp",
        "actor": "int64",
        "status": "string",
        "pipeline": "int64",
        "stage": "int64",
        "owner": "int64",
        "source": "int64",
        "created_at": "timestamp",
        "closed_at": "timestamp",
        "gone": "boolean",
    },
    name="versions_in",
)
RUNS: ir.Table = ibis.table(
    {
        "deal": "int64",
        "seq": "int32",
        "place": "string",
        "started_at": "timestamp",
        "actor": "int64",
        "status": "string",
        "pipeline": "int64",
        "stage": "int64",
        "owner": "int64",
        "source": "int64",
        "created_at": "timestamp",
        "closed_at": "timestamp",
    },
    name="runs_in",
)
STAGE_ORDER: ir.Table = ibis.table(
    {"pipeline": "int64", "stage": "int64", "rank": "int32", "gone": "boolean"}, name="stage_order"
)
VISITS: ir.Table = ibis.table(
    {
        "deal": "int64",
        "seq": "int32",
        "pipeline": "int64",
        "stage": "int64",
        "rank": "int32",
        "entered_at": "timestamp",
        "left_at": "timestamp",
        "ended": "string",
        "owner": "int64",
        "source": "int64",
    },
    name="visits_in",
)
FATES: ir.Table = ibis.table({"deal": "int64", "was_won": "boolean", "status": "string"}, name="fates_in")
ENTRIES: ir.Table = ibis.table(
    {
        "deal": "int64",
        "pipeline": "int64",
        "stage": "int64",
        "rank": "int32",
        "entered_at": "timestamp",
        "skipped": "boolean",
        "outcome": "string",
        "status": "string",
        "owner": "int64",
        "source": "int64",
    },
    name="entries_in",
)
PASSAGES: ir.Table = ibis.table(
    {**ENTRIES.schema().fields, "ended_at": "timestamp", "worked": "int64"},
    name="passages_in",
)
WORK: ir.Table = ibis.table(
    {"deal": "int64", "stage": "int64", "activity_type": "int64", "worked": "int64"}, name="work_in"
)
# The deals as they stand, and what was done about them.
CLOCKS: ir.Table = ibis.table(
    {"deal": "int64", "status": "string", "created_at": "timestamp", "closed_at": "timestamp"}, name="clocks_in"
)
TOUCHES: ir.Table = ibis.table({"deal": "int64", "touched_at": "timestamp"}, name="touches_in")
PUSHES: ir.Table = ibis.table({"deal": "int64", "days": "int32"}, name="pushes_in")
ACTIVITIES: ir.Table = ibis.table(
    {"deal": "int64", "activity_type": "int64", "done_at": "timestamp"}, name="activities_in"
)
