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
        "originator": "int64",
        "source": "int64",
        "campaign": "int64",
        "organization": "int64",
        "person": "int64",
        "revenue_type": "string",
        "value_base": "decimal(18, 2)",
        "expected_close_on": "date",
        "created_at": "timestamp",
        "closed_at": "timestamp",
        "lost_reason": "int64",
        "competitor": "string",  # who got it, as it was written
        "custom": "json",
        "title_key": "int64",  # a digest of the title: equal for copies
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
        "status": "string",  # of its deal
        "owner": "int64",
        "source": "int64",
        "ended_at": "timestamp",  # when the deal went on from there, or failed
        "worked": "int64",  # activities done there
    },
    name="passages",
)
# The activities done in decided passages, by their type.
PASSAGE_WORK: ir.Table = ibis.table(
    {
        "deal": "int64",
        "pipeline": "int64",
        "stage": "int64",
        "entered_at": "timestamp",
        "outcome": "string",
        "owner": "int64",
        "source": "int64",
        "activity_type": "int64",
        "worked": "int64",
    },
    name="passage_work",
)
# What was done about each deal, and what was not (derived.care).
CARE: ir.Table = ibis.table(
    {
        "deal": "int64",
        "first_touched_at": "timestamp",
        "touched_at": "timestamp",
        "worked": "boolean",
        "pushes": "int64",
        "pushed_days": "int64",
        "planned": "boolean",
        "entered_at": "timestamp",
        "jumped": "boolean",
        "advanced": "boolean",
    },
    name="care",
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
# A lead and its path: when it first was a MQL, a SQL, a SAL (accepted: converted to the deal) or more; null: not yet.
# `handed_at`: when its owner got it from another; null for one who had it from the beginning.
LEADS: ir.Table = ibis.table(
    {
        "lead": "int64",
        "stage": "string",
        "status": "string",
        "deal": "int64",
        "owner": "int64",
        "originator": "int64",
        "organization": "int64",
        "person": "int64",
        "source": "int64",
        "campaign": "int64",
        "discard_reason": "int64",
        "value_base": "decimal(18, 2)",
        "created_at": "timestamp",
        "closed_at": "timestamp",
        "mql_at": "timestamp",
        "sql_at": "timestamp",
        "sal_at": "timestamp",
        "handed_at": "timestamp",
        "custom": "json",
    },
    name="leads",
)
# Who had a lead from when until when; `since` is null for who had it from its creation, `until` for who has it now.
HOLDS: ir.Table = ibis.table(
    {"lead": "int64", "owner": "int64", "since": "timestamp", "until": "timestamp"}, name="lead_holds"
)
# A lead, or a deal that was won, handed from one person to another; those taken back by the giver are not there.
HAND_OFFS: ir.Table = ibis.table(
    {
        "hand_off": "int64",
        "lead": "int64",
        "deal": "int64",
        "giver": "int64",
        "taker": "int64",
        "giver_role": "string",
        "taker_role": "string",
        "state": "string",
        "handed_at": "timestamp",
        "answered_at": "timestamp",
    },
    name="hand_offs",
)
# What a hand-off that was given back lacked.
LACKS: ir.Table = ibis.table({"hand_off": "int64", "lack": "int64"}, name="hand_off_lacks")
# Each published version of what a stage asks for, and from when until when it was the one in force.
PLAYBOOKS: ir.Table = ibis.table(
    {"playbook": "int64", "stage": "int64", "version": "int32", "since": "timestamp", "until": "timestamp"},
    name="playbooks",
)
# A key event of a playbook, by its name, and when a deal first had it.
KEY_EVENTS: ir.Table = ibis.table(
    {"deal": "int64", "event": "string", "event_place": "int64", "happened_at": "timestamp"}, name="key_events"
)
ACTIVITIES: ir.Table = ibis.table(
    {
        "activity": "int64",
        "activity_type": "int64",
        "owner": "int64",
        "deal": "int64",
        "lead": "int64",
        "person": "int64",
        "organization": "int64",
        "created_at": "timestamp",
        "due_at": "timestamp",
        "done_at": "timestamp",
        "minutes": "int32",
        "counts_as": "string",  # what its outcome counted as when it was said: no_answer, reached, conversation
    },
    name="activities",
)
# What somebody did about a deal or a lead: kind is activity, move, edit or note (R3).
TOUCHES: ir.Table = ibis.table(
    {"deal": "int64", "lead": "int64", "touched_at": "timestamp", "kind": "string", "actor": "int64"}, name="touches"
)
# Each time an expected close date was moved; days are positive when later.
PUSHES: ir.Table = ibis.table(
    {"deal": "int64", "pushed_at": "timestamp", "was_on": "date", "now_on": "date", "days": "int32", "actor": "int64"},
    name="pushes",
)
# People as users: their time here and their part.
PEOPLE: ir.Table = ibis.table(
    {
        "member": "int64",
        "team": "int64",
        "role": "string",
        "hired_on": "date",
        "left_on": "date",
        "carries_quota": "boolean",
        "active": "boolean",
    },
    name="staff",
)
# Who (one person, one team, or with neither the company) should reach how much of a metric from one day to another.
TARGETS: ir.Table = ibis.table(
    {
        "target": "int64",
        "metric": "string",
        "member": "int64",
        "team": "int64",
        "pipeline": "int64",
        "start_on": "date",
        "end_on": "date",
        "amount": "decimal(18, 2)",
    },
    name="targets",
)
# Each stage with what it is judged by.
STAGES: ir.Table = ibis.table(
    {
        "stage": "int64",
        "pipeline": "int64",
        "rank": "int32",
        "gone": "boolean",
        "rot_days": "int32",
        "probability": "float64",
    },
    name="stages",
)
