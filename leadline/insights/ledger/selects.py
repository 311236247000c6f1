"""What the ledger asks of the warehouse: one SELECT a table, moments as days since 1970, no id as -1."""

from __future__ import annotations

import datetime as dt

from leadline.insights.ledger.ledger import LeadStatus, Revenue, Status, Touch

HASTY = 10  # minutes within which a close that is taken back by the same person was none (`derived.undone`)


def _at(column: str, name: str = "") -> str:
    """A moment; null where it is not known or did not come."""
    return f"CAST(epoch_us({column}) AS DOUBLE) / 86400000000.0 AS {name or column}"


def _on(column: str, name: str) -> str:
    return f"CAST(datediff('day', DATE '1970-01-01', {column}) AS DOUBLE) AS {name}"


def _id(column: str, name: str = "") -> str:
    return f"coalesce({column}, -1) AS {name or column}"


def _coded(column: str, words: dict[str, int], otherwise: int) -> str:
    cases = " ".join(f"WHEN '{word}' THEN {code}" for word, code in words.items())
    return f"CAST(CASE {column} {cases} ELSE {otherwise} END AS TINYINT)"


STATUSES = {"open": Status.OPEN, "won": Status.WON, "lost": Status.LOST, "nurture": Status.NURTURE}
STATUS = _coded("status", {word: int(code) for word, code in STATUSES.items()}, Status.OPEN)
REVENUE = _coded("revenue_type", {"add_on": Revenue.ADD_ON, "renewal": Revenue.RENEWAL}, Revenue.NEW)
LEAD_STATUS = _coded(
    "status",
    {"converted": LeadStatus.CONVERTED, "discarded": LeadStatus.DISCARDED, "nurture": LeadStatus.NURTURE},
    LeadStatus.OPEN,
)
TOUCH = _coded("kind", {"activity": Touch.ACTIVITY, "move": Touch.MOVE, "edit": Touch.EDIT}, Touch.NOTE)

SELECTS = {
    "names": "SELECT kind, id, label FROM names WHERE kind IN ({kinds}) ORDER BY kind, id",
    "stages": """
        SELECT stage AS id, label, pipeline, CAST(rank - 1 AS INTEGER) AS rank, CAST(rot_days AS DOUBLE) AS rot_days,
            probability / 100 AS probability, gone
        FROM stages JOIN (SELECT id AS named, label FROM names WHERE kind = 'stage') AS said ON stage = named
        ORDER BY pipeline, rank""",
    "staff": f"SELECT member, {_id('team')}, role, {_on('hired_on', 'hired')}, {_on('left_on', 'leaving')}, "
    "coalesce(carries_quota, false) AS quota FROM staff",
    "targets": f"""
        SELECT target, metric, {_id("member")}, {_id("team")}, {_id("pipeline")}, {_on("start_on", "start_on")},
            {_on("end_on", "end_on")}, CAST(amount AS DOUBLE) AS amount
        FROM targets ORDER BY start_on, end_on, target""",
    "deals": f"""
        SELECT deal, {_at("created_at", "created")}, {_at("closed_at", "closed")}, {STATUS} AS status,
            {_id("pipeline")}, {_id("stage")}, {_id("owner")}, {_id("originator")}, {_id("source")}, {_id("campaign")},
            {_id("organization")}, person IS NOT NULL AS person, {REVENUE} AS revenue,
            CAST(value_base AS DOUBLE) AS value, {_on("expected_close_on", "expected")}, {_id("lost_reason")},
            coalesce(title_key, -deal) AS title_key
        FROM deals""",
    "visits": f"""
        SELECT deal, {_id("stage")}, {_at("entered_at", "entered")}, {_at("left_at", "leaving")},
            ended = 'open' AS there, {_id("owner")}
        FROM visits ORDER BY deal, seq""",
    "leads": f"""
        SELECT lead, {_at("created_at", "created")}, {_at("closed_at", "closed")}, {LEAD_STATUS} AS status,
            {_id("owner")}, {_id("originator")}, {_id("source")}, {_id("campaign")}, {_id("organization")},
            {_id("deal")}, {_at("mql_at")}, {_at("sql_at")}, {_at("sal_at")}, {_at("handed_at")}
        FROM leads""",
    "touches": f"""
        SELECT {_id("deal")}, {_id("lead")}, {_at("touched_at", "touched")}, {TOUCH} AS kind, {_id("actor")}
        FROM touches""",
    "activities": f"""
        SELECT {_id("deal")}, {_id("lead")}, {_id("activity_type")}, {_id("owner")}, {_at("created_at", "created")},
            {_at("due_at", "due")}, {_at("done_at", "done")}
        FROM activities WHERE deal IS NOT NULL OR lead IS NOT NULL""",
}


def facts_sql(moment: dt.datetime) -> str:
    """SELECT since when (days) a deal had its value, expected close and owner: a row for every state of it."""
    return f"""
        SELECT deal, {_at("valid_from", "since")}, CAST(value_base AS DOUBLE) AS value,
            {_on("expected_close_on", "expected")}, {_id("owner")}
        FROM {_versions("deal", moment)} ORDER BY deal, seq"""


def statuses_sql(moment: dt.datetime, entity: str = "deal") -> str:
    """SELECT since when a deal (or lead) had which status, without closes taken back at once."""
    status = STATUS if entity == "deal" else LEAD_STATUS
    own = f"PARTITION BY {entity} ORDER BY seq"
    hasty = f"lead(valid_from) OVER own - valid_from <= INTERVAL {HASTY} MINUTE AND lead(actor) OVER own = actor"
    return f"""
        SELECT {entity}, {_at("valid_from", "since")}, CAST({status} AS DOUBLE) AS was FROM (
            SELECT * FROM (
                SELECT * FROM {_versions(entity, moment)}
                QUALIFY lag(status) OVER ({own}) IS DISTINCT FROM status
            ) AS changed
            WINDOW own AS ({own})
            QUALIFY NOT coalesce(status <> 'open' AND lag(status) OVER own = 'open'
                AND lead(status) OVER own = 'open' AND {hasty}, false)
        ) AS lasting ORDER BY {entity}, seq"""


def _versions(entity: str, moment: dt.datetime) -> str:
    """The states of records outside the trash, up to the moment."""
    by_then = f"valid_from <= TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S.%f}'"
    return f"(SELECT * FROM {entity}_versions WHERE NOT gone AND {by_then}) AS versions"
