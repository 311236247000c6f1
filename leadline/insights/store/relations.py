"""The relations that metrics read, as SELECTs over the versions: as things stand, or as of a moment."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import ACTIVITY, DEAL, ENTITIES, TARGET
from leadline.insights.store.holds import lead_holds
from leadline.insights.store.leads import leads
from leadline.insights.store.naming import names
from leadline.insights.store.process import hand_off_lacks, hand_offs, key_events, playbooks
from leadline.insights.store.pushes import pushes
from leadline.insights.store.shares import product_shares
from leadline.insights.store.stage_order import stage_order_sql
from leadline.insights.store.states import literal, stage_states, states
from leadline.insights.store.touches import touches


def relations(as_of: dt.datetime | None) -> dict[str, str]:
    """Name to SELECT of the relations of `facts.inputs` (but visits and passages), of stage_order and of fields."""
    users = states(ENTITIES["user"], as_of, ever=True)
    return {
        "stage_order": stage_order_sql(f"({stage_states(as_of)})"),
        "stages": stages(as_of),
        "deals": f"SELECT * EXCLUDE (gone) FROM ({states(DEAL, as_of)}) WHERE NOT gone",
        "deal_labels": f"SELECT deal, unnest(label_ids) AS label FROM ({states(DEAL, as_of)}) WHERE NOT gone",
        "leads": leads(as_of),
        "lead_holds": lead_holds(as_of),
        "hand_offs": hand_offs(as_of),
        "hand_off_lacks": hand_off_lacks(as_of),
        "playbooks": playbooks(as_of),
        "key_events": key_events(as_of),
        "activities": activities(as_of),
        "touches": touches(as_of),
        "pushes": pushes(as_of),
        "names": names(as_of),
        "members": f'SELECT "user" AS member, team FROM ({users})',
        "staff": (
            f'SELECT "user" AS member, team, role, hired_on, left_on, carries_quota, is_active AS active FROM ({users})'
        ),
        "targets": (
            "SELECT target, metric, member, team, pipeline, start_on, end_on, amount "
            f"FROM ({states(TARGET, as_of)}) WHERE NOT gone"
        ),
        "fields": (
            f"SELECT key, name, kind FROM ({states(ENTITIES['custom_field'], as_of, ever=True)}) "
            "WHERE entity = 'deal' AND NOT gone"
        ),
        "product_shares": product_shares(as_of),
    }


def stages(as_of: dt.datetime | None) -> str:
    """SELECT stage, pipeline, rank, gone and what a stage is judged by: rot_days, probability."""
    order = stage_order_sql(f"({stage_states(as_of)})")
    judged = f"SELECT stage, rot_days, probability FROM ({states(ENTITIES['stage'], as_of, ever=True)})"
    return f"SELECT * FROM ({order}) AS ordered JOIN ({judged}) AS judged USING (stage)"


def activities(as_of: dt.datetime | None) -> str:
    """SELECT the activities that are not in the trash; what was done later had not been done."""
    then = f" REPLACE (CASE WHEN done_at <= {literal(as_of)} THEN done_at END AS done_at)" if as_of else ""
    return f"SELECT * EXCLUDE (gone){then} FROM ({states(ACTIVITY, as_of)}) WHERE NOT gone"
