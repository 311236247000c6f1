"""Touches, pushes and the ways of leads, slowly: one change after the other, in the words of R3 and R19."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tests.oracle.states import history, moment

BY_HAND = ("web", "api", "cli", "mail", "mcp")
BEYOND = {"mql": ("mql", "sql", "sal"), "sql": ("sql", "sal"), "sal": ("sal",)}


def standing(rows: list[Any], entity: str, until: dt.datetime) -> list[Any]:
    """Changes of one kind of record by then that nobody took back, in the order of happening."""
    own = [row for row in rows if row[6] == entity and dt.datetime.fromisoformat(row[2]) <= until]
    undone = {row[11] for row in own}
    kept = [row for row in own if row[11] is None and row[0] not in undone]
    return sorted(kept, key=lambda row: (dt.datetime.fromisoformat(row[2]), row[0]))


def touches(rows: list[Any], until: dt.datetime) -> list[tuple]:
    """(deal, lead, when, kind, who)."""
    found: list[tuple] = []
    for states in history(rows, "activity", until).values():
        last = states[-1]
        done = moment(last.done_at)
        if done and done <= until and not last.gone and (last.deal_id or last.lead_id):
            found.append((last.deal_id, last.lead_id, done, "activity", last.owner_id))
    for entity in ("deal", "lead"):
        births = {row[7]: row[2] for row in rows if row[6] == entity and row[8] == "create"}
        for row in standing(rows, entity, until):
            moved = "stage" + ("_id" if entity == "deal" else "") in json.loads(row[9])
            by_hand = row[3] is not None and row[4] in BY_HAND
            migrated = row[4] == "import" and moved and row[2] > births[row[7]]
            if row[8] == "change" and (by_hand or migrated):
                place = (row[7], None) if entity == "deal" else (None, row[7])
                found.append((*place, dt.datetime.fromisoformat(row[2]), "move" if moved else "edit", row[3]))
    notes = {note: states[-1] for note, states in history(rows, "note", until).items()}
    for row in standing(rows, "note", until):
        note = notes[row[7]]
        by_hand = row[3] is not None and row[4] in BY_HAND
        if row[8] != "delete" and by_hand and not note.gone and (note.deal_id or note.lead_id):
            found.append((note.deal_id, note.lead_id, dt.datetime.fromisoformat(row[2]), "note", row[3]))
    return found


def pushes(rows: list[Any], until: dt.datetime) -> list[tuple]:
    """(deal, when, from, to, days, who)."""
    found = []
    by_deal: dict[int, dict[str, Any]] = {}
    for row in standing(rows, "deal", until):
        if row[8] == "create" or "expected_close_on" in json.loads(row[9]):
            by_deal.setdefault(row[7], {})[row[2]] = row  # of one instant the last
    for deal, moments in by_deal.items():
        was = None
        for at, row in moments.items():
            text = json.loads(row[10]).get("expected_close_on")
            now = dt.date.fromisoformat(text) if text else None
            if was and now and was != now:
                found.append((deal, dt.datetime.fromisoformat(at), was, now, (now - was).days, row[3]))
            was = now
    return found


def leads(rows: list[Any], until: dt.datetime) -> list[tuple]:
    """(lead, MQL, SQL, SAL, handed over), each the first time at that stage or beyond."""
    slips = {
        (row[7], dt.datetime.fromisoformat(row[2])) for row in rows
        if row[6] == "lead" and row[0] in {
            each[11] for each in rows if each[6] == "lead" and dt.datetime.fromisoformat(each[2]) <= until
        }
    }  # fmt: skip
    found = []
    for lead, states in history(rows, "lead", until).items():
        if states[-1].gone:
            continue
        reached: dict[str, dt.datetime] = {}
        stood = [state for state in states if (lead, state.since) not in slips]
        handed, owner = None, None
        for number, state in enumerate(stood):
            since = state.since if number else moment(state.created_at) or state.since
            for stage, beyond in BEYOND.items():
                if state.stage in beyond or state.status == "converted":
                    reached[stage] = min(since, reached.get(stage, since))
            if number and state.owner_id not in (None, owner):
                handed = since
            owner = state.owner_id
        found.append((lead, *(reached.get(stage) for stage in BEYOND), handed if states[-1].owner_id else None))
    return found
