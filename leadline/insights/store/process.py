"""How a team works, as relations: who handed what to whom, what stages asked for, what key events deals had."""

from __future__ import annotations

import datetime as dt
import json

from leadline.insights.log.entities import ACTIVITY, ANSWER, DEAL, ENTITIES, FILE, HAND_OFF, PARTICIPANT, PLAYBOOK
from leadline.insights.store.states import literal, states

ITEM = json.dumps(
    [
        {
            "key": "VARCHAR",
            "name": "VARCHAR",
            "kind": "VARCHAR",
            "role": "VARCHAR",
            "type_id": "BIGINT",
            "event": "BOOLEAN",
        }
    ]
)
EMPTY = """'null', 'false', '""'"""  # answers that say nothing


def hand_offs(as_of: dt.datetime | None) -> str:
    """SELECT the hand-offs that stand: those that their giver took back have not been."""
    return (
        "SELECT hand_off, lead, deal, giver, taker, giver_role, taker_role, state, handed_at, answered_at "
        f"FROM ({states(HAND_OFF, as_of)}) AS handed WHERE NOT gone AND state <> 'withdrawn'"
    )


def hand_off_lacks(as_of: dt.datetime | None) -> str:
    """SELECT hand_off, lack of those that were given back."""
    return (
        f"SELECT hand_off, unnest(lacks) AS lack FROM ({states(HAND_OFF, as_of)}) AS handed "
        "WHERE NOT gone AND state = 'returned'"
    )


def playbooks(as_of: dt.datetime | None) -> str:
    """SELECT the published versions with the time in which each was the latest of its stage."""
    return f"""
        SELECT playbook, stage, version, published_at AS since,
            lead(published_at) OVER (PARTITION BY stage ORDER BY published_at, version) AS until
        FROM ({states(PLAYBOOK, as_of)}) AS kept WHERE NOT gone AND {_published(as_of)}"""


def key_events(as_of: dt.datetime | None) -> str:
    """SELECT deal, event, event_place, happened_at: what a deal had first when of what its pipeline's playbooks count.

    Whether an item is a key event, and its name, is what the last published version says that has it. An item that is
    answered counts from the first time it was; one that is not answered any more has not happened. People with a role
    (without one the main contact does), files that were not named for another item, and activities are there or not.
    """
    there = f"SELECT deal, pipeline FROM ({states(DEAL, as_of)}) AS sales WHERE NOT gone"
    return f"""
        SELECT seen.deal, event, min(event_place) AS event_place, min(happened_at) AS happened_at
        FROM (
            SELECT deal, event, event_place, CAST(NULL AS BIGINT) AS pipeline, happened_at
            FROM ({_answered(as_of)}) AS answered JOIN ({_items(as_of)}) AS items ON answered.key = items.key
            UNION ALL SELECT deal, event, event_place, pipeline, done_at
            FROM ({_done(as_of)}) AS worked JOIN ({_items(as_of, "activity")}) AS items
                ON worked.activity_type = items.type_id
            UNION ALL SELECT deal, event, event_place, pipeline, since
            FROM ({_since(PARTICIPANT.name, "role", as_of)}) AS joined JOIN ({_items(as_of, "person")}) AS items
                ON coalesce(items.role, '') = '' OR lower(trim(joined.role)) = lower(trim(items.role))
            UNION ALL SELECT deal, event, event_place, pipeline, since
            FROM ({_met(as_of)}) AS met JOIN ({_items(as_of, "person")}) AS items ON coalesce(items.role, '') = ''
            UNION ALL SELECT filed.deal, event, event_place, pipeline, since
            FROM ({_since(FILE.name, "created_at", as_of)}) AS filed CROSS JOIN ({_items(as_of, "file")}) AS items
            LEFT JOIN ({states(ANSWER, as_of)}) AS named ON NOT named.gone AND named.deal = filed.deal
                AND CAST(named.value AS VARCHAR) = CAST(filed.file AS VARCHAR)
            WHERE named.key IS NULL OR named.key = items.key
        ) AS seen JOIN ({there}) AS sales ON seen.deal = sales.deal
        WHERE seen.pipeline IS NULL OR seen.pipeline = sales.pipeline
        GROUP BY seen.deal, event"""


def _published(as_of: dt.datetime | None) -> str:
    return f"published_at <= {literal(as_of)}" if as_of else "published_at IS NOT NULL"


def _items(as_of: dt.datetime | None, kind: str = "") -> str:
    """SELECT key, event (its name), event_place, pipeline, role, type_id of the items that are key events."""
    stages = f"SELECT stage, pipeline, position FROM ({states(ENTITIES['stage'], as_of, ever=True)}) AS steps"
    wanted = f" AND kind = '{kind}'" if kind else " AND kind NOT IN ('activity', 'person', 'file')"
    return f"""
        SELECT key, name AS event, CAST(pipeline * 1000 + position AS BIGINT) AS event_place, pipeline, role, type_id
        FROM (
            SELECT stage, version, o.key AS key, o.name AS name, o.kind AS kind, o.role AS role, o.type_id AS type_id,
                o.event AS event, row_number() OVER (PARTITION BY o.key ORDER BY version DESC, playbook DESC) AS nth
            FROM ({states(PLAYBOOK, as_of)}) AS kept, unnest(from_json(items, '{ITEM}')) AS u(o)
            WHERE NOT gone AND {_published(as_of)}
        ) AS asked JOIN ({stages}) AS steps USING (stage)
        WHERE nth = 1 AND event{wanted}"""


def _answered(as_of: dt.datetime | None) -> str:
    """SELECT deal, key, happened_at of what is answered and not only waived."""
    known = f"valid_from <= {literal(as_of)}" if as_of else "true"
    said = f"value IS NOT NULL AND CAST(value AS VARCHAR) NOT IN ({EMPTY})"
    begun = (
        f"SELECT answer, min(valid_from) AS happened_at FROM {ANSWER.versions} WHERE {known} AND {said} GROUP BY answer"
    )
    return f"""
        SELECT deal, key, happened_at
        FROM ({states(ANSWER, as_of)}) AS told JOIN ({begun}) AS begun ON told.answer = begun.answer
        WHERE NOT gone AND {said}"""


def _done(as_of: dt.datetime | None) -> str:
    done = f"done_at <= {literal(as_of)}" if as_of else "done_at IS NOT NULL"
    return (
        f"SELECT deal, activity_type, done_at FROM ({states(ACTIVITY, as_of)}) AS worked "
        f"WHERE deal IS NOT NULL AND NOT gone AND {done}"
    )


def _met(as_of: dt.datetime | None) -> str:
    """SELECT deal, since: deals with a main contact, and since when they had one."""
    known = f" AND valid_from <= {literal(as_of)}" if as_of else ""
    first = f"SELECT deal, min(valid_from) AS since FROM {DEAL.versions} WHERE person IS NOT NULL{known} GROUP BY deal"
    return f"""
        SELECT deal, since FROM ({states(DEAL, as_of)}) AS standing JOIN ({first}) AS begun USING (deal)
        WHERE person IS NOT NULL AND NOT gone"""


def _since(entity: str, column: str, as_of: dt.datetime | None) -> str:
    """SELECT its id, deal, a column, since: what hangs on a deal, and when it was put there."""
    born = f"SELECT {entity}, valid_from AS since FROM {entity}_versions WHERE seq = 1"
    return f"""
        SELECT {entity}, deal, {column}, since FROM ({states(ENTITIES[entity], as_of)}) AS hung
        JOIN ({born}) AS births USING ({entity}) WHERE deal IS NOT NULL AND NOT gone"""
