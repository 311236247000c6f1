"""How records stand, and stood: SELECTs over their versions."""

from __future__ import annotations

import datetime as dt

from leadline.insights.log.entities import DEAL, LINE, Entity


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


def stage_states(entity: Entity, as_of: dt.datetime | None) -> str:
    """SELECT the stages there were; also those written later by whose time some deal stood in them (imports)."""
    if as_of is None:
        return states(entity)
    known = f"SELECT stage FROM {DEAL.versions} WHERE valid_from <= {literal(as_of)}"
    ever = states(entity, as_of, ever=True)
    return f"SELECT * FROM ({ever}) WHERE valid_from <= {literal(as_of)} OR stage IN ({known})"


def line_states(as_of: dt.datetime | None) -> str:
    """SELECT the lines of deals; imported ones count from the beginning of their deal."""
    if as_of is None:
        return states(LINE)
    ever = states(LINE, as_of, ever=True)
    return f"SELECT * FROM ({ever}) WHERE valid_from <= {literal(as_of)} OR via = 'import'"
