"""The relations that facts are made of, by name and shape: any engine may stand behind them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

DEALS: ir.Table = ibis.table(
    {
        "deal": "int64",
        "status": "string",
        "pipeline": "int64",
        "stage": "int64",
        "owner": "int64",
        "source": "int64",
        "campaign": "int64",
        "organization": "int64",
        "revenue_type": "string",
        "value_base": "decimal(18, 2)",
        "expected_close_on": "date",
        "created_at": "timestamp",
        "closed_at": "timestamp",
        "lost_reason": "int64",
        "custom": "json",
    },
    name="deals",
)
PASSAGES: ir.Table = ibis.table(
    {
        "deal": "int64",
        "pipeline": "int64",
        "stage": "int64",
        "entered_at": "timestamp",
        "skipped": "boolean",
        "outcome": "string",
        "owner": "int64",
        "source": "int64",
    },
    name="passages",
)
VISITS: ir.Table = ibis.table(
    {
        "deal": "int64",
        "pipeline": "int64",
        "stage": "int64",
        "entered_at": "timestamp",
        "left_at": "timestamp",
        "ended": "string",
        "owner": "int64",
        "source": "int64",
    },
    name="visits",
)
NAMES: ir.Table = ibis.table({"kind": "string", "id": "int64", "place": "int64", "label": "string"}, name="names")
MEMBERS: ir.Table = ibis.table({"member": "int64", "team": "int64"}, name="members")
LABELS: ir.Table = ibis.table({"deal": "int64", "label": "int64"}, name="deal_labels")
SHARES: ir.Table = ibis.table(
    {"deal": "int64", "product": "int64", "from_share": "float64", "to_share": "float64"}, name="product_shares"
)
