"""How records stand, and stood: SELECTs over their versions."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import DEAL, ENTITIES, LINE, Entity


def literal(moment: dt.datetime) -> str:
    """A naive UTC moment in SQL."""
    return f"TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S.%f}'"


def states(entity: Entity, as_of: dt.datetime | None = None, *, ever: bool = False) -> str:
    """SELECT one state per record: the last, or that as of a moment (naive UTC).

    `ever`: a record written later stands as it was first written, for a name that old history already uses.
    """
    if as_of is None:
        return f"SELECT * FROM {entity.versions} WHERE valid_to IS NULL"
    moment = literal(as_of)
    known = f"(valid_from <= {moment} OR seq = 1)" if ever else f"valid_from <= {moment}"
    return f"SELECT * FROM {entity.versions} WHERE {known} AND (valid_to IS NULL OR {moment} < valid_to)"


def stage_states(as_of: dt.datetime | None) -> str:
    """SELECT the stages there were then.

    Imported history is older than the stages it passed through: they count when an import made them, when their
    pipeline is as young, and when some deal stood in them by then.
    """
    if as_of is None:
        return states(ENTITIES["stage"])
    moment = literal(as_of)
    young = f"SELECT pipeline FROM pipeline_versions WHERE seq = 1 AND valid_from > {moment}"
    used = f"SELECT stage FROM {DEAL.versions} WHERE valid_from <= {moment}"
    return f"""
        SELECT * FROM ({states(ENTITIES["stage"], as_of, ever=True)})
        WHERE valid_from <= {moment} OR via = 'import' OR pipeline IN ({young}) OR stage IN ({used})"""


def line_states(as_of: dt.datetime | None) -> str:
    """SELECT the lines of deals; imported ones count from the beginning of their deal."""
    if as_of is None:
        return states(LINE)
    ever = states(LINE, as_of, ever=True)
    return f"SELECT * FROM ({ever}) WHERE valid_from <= {literal(as_of)} OR via = 'import'"
