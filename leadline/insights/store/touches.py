"""Touches: what somebody did about a deal or a lead (R3)."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import ACTIVITY, DEAL, LEAD, NOTE, Entity
from leadline.insights.store.slips import stands
from leadline.insights.store.states import literal, states

# Behind these ways stands a person's hand (accounts.actors.HUMAN_WAYS, which this floor's pure part cannot import).
HUMAN_WAYS = ("web", "api", "cli", "mail", "mcp")
BY_HAND = f"actor IS NOT NULL AND via IN {HUMAN_WAYS}"


def touches(as_of: dt.datetime | None) -> str:
    """SELECT deal, lead, touched_at, kind (activity, move, edit, note), actor.

    A completed activity counts however it was recorded, and so does an imported change of stage: somebody made it in
    the system before (decision 0023). Else imports, automatic changes and planned activities touch nothing; nor does
    the creation itself, nor a slip: a change that undoes another or was undone.
    """
    return " UNION ALL ".join((_activities(as_of), _changes(DEAL, as_of), _changes(LEAD, as_of), _notes(as_of)))


def touches_of_deals(changes: str, versions: str, whose: str) -> str:
    """SELECT deal, touched_at as things stand, of some deals: `changes` and `versions` are theirs, `whose` says which.

    `whose` is a condition on `deal`. Their activities are in `activities_in`.
    """
    return f"""
        SELECT deal, done_at AS touched_at FROM activities_in WHERE done_at IS NOT NULL
        UNION ALL SELECT deal, touched_at FROM ({_changes(DEAL, None, changes, versions)}) AS changed
        UNION ALL SELECT deal, touched_at FROM ({_notes(None)}) AS noted WHERE {whose}"""


def _activities(as_of: dt.datetime | None) -> str:
    done = f" AND done_at <= {literal(as_of)}" if as_of else ""
    return f"""
        SELECT deal, lead, done_at AS touched_at, 'activity' AS kind, owner AS actor FROM ({states(ACTIVITY, as_of)})
        WHERE done_at IS NOT NULL AND (deal IS NOT NULL OR lead IS NOT NULL) AND NOT gone{done}"""


def _changes(entity: Entity, as_of: dt.datetime | None, log: str = "", versions: str = "") -> str:
    moved = f"touched & {entity.bit('stage_id' if entity is DEAL else 'stage')} <> 0"
    deal, lead = ("record", "NULL") if entity is DEAL else ("NULL", "record")
    columns = f"""CAST({deal} AS BIGINT) AS deal, CAST({lead} AS BIGINT) AS lead, occurred_at AS touched_at,
        CASE WHEN {moved} THEN 'move' ELSE 'edit' END AS kind, actor"""
    log, versions = log or entity.log, versions or entity.versions
    changed = f"verb = 'change' AND {stands(log, as_of)}"
    born = f'SELECT "{entity.name}" AS born, valid_from AS born_at FROM {versions} WHERE seq = 1'
    return f"""
        SELECT {columns} FROM {log} WHERE {changed} AND {BY_HAND}
        UNION ALL SELECT {columns} FROM {log} JOIN ({born}) AS births ON record = born
        WHERE {changed} AND via = 'import' AND {moved} AND occurred_at > born_at"""


def _notes(as_of: dt.datetime | None) -> str:
    """By the place where the note hangs now; one in the trash touches nothing."""
    there = f"SELECT note, deal AS on_deal, lead AS on_lead FROM ({states(NOTE, as_of)}) WHERE NOT gone"
    return f"""
        SELECT on_deal AS deal, on_lead AS lead, occurred_at AS touched_at, 'note' AS kind, actor
        FROM {NOTE.log} JOIN ({there}) AS there ON note = record
        WHERE verb <> 'delete' AND {BY_HAND} AND {stands(NOTE.log, as_of)}
            AND (on_deal IS NOT NULL OR on_lead IS NOT NULL)"""
