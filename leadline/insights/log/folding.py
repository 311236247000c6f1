"""The fold: every recorded state of a record, out of its changes in the order in which they happened.

A change carries only what it changed, so history imported into the past composes rightly with later edits: each key
has the value of the last change that set it.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadline.insights.log.entities import DEAL, LEAD, Entity

# States that end a deal. One that opens and ends at the same instant keeps its open state, without length.
ENDED = "'won', 'lost', 'nurture', 'converted', 'discarded'"


@dataclass(frozen=True)
class Shape:
    """What is special in the changes to be folded; what is not need not be computed.

    `changed` has a bit for each key that anything but a create sets. `instants`: some record has two changes at once.
    `born`: every record begins with its creation, so that one pass over all of them in order carries nothing over from
    one to the next; that is three times as quick as one pass for each, for a few hundred records.
    """

    changed: int = -1
    instants: bool = True
    born: bool = False


def shape_sql(log: str) -> str:
    """SELECT the fields of Shape of these changes."""
    return f"""
        SELECT coalesce(bit_or(changed), 0), coalesce(bool_or(n > moments), false), coalesce(bool_and(born), true)
        FROM (
            SELECT bit_or(touched) FILTER (WHERE verb <> 'create') AS changed, count(*) AS n,
                count(DISTINCT occurred_at) AS moments, arg_min(verb, (occurred_at, id)) = 'create' AS born
            FROM {log} GROUP BY record
        )"""


def versions_table_sql(entity: Entity) -> str:
    """DDL for the versions of one kind of record."""
    columns = "".join(f', "{name}" {kind}' for name, kind in entity.columns.items())
    return (
        f'CREATE TABLE {entity.versions} ("{entity.name}" BIGINT, seq INTEGER, valid_from TIMESTAMP, '
        f"valid_to TIMESTAMP, actor BIGINT, via VARCHAR{columns}, gone BOOLEAN)"
    )


def versions_sql(entity: Entity, log: str, shape: Shape = Shape()) -> str:
    """SELECT the versions of the records in `log`: record, seq, valid_from, valid_to (null = current), actor, via …

    `valid_from <= t < valid_to` is the state as of t. Of several states at one instant the last written counts.
    """
    columns = ", ".join(f'"{name}"' for name in entity.columns)
    states = _kept(entity, log, shape)
    return f"""
        SELECT record AS "{entity.name}",
            CAST(row_number() OVER v AS INTEGER) AS seq, occurred_at AS valid_from,
            lead(occurred_at) OVER v AS valid_to, actor, via, {columns}{_gone(entity)}
        FROM ({states})
        WINDOW v AS (PARTITION BY record ORDER BY occurred_at, id)"""


def _gone(entity: Entity) -> str:
    merged = " OR merged_into IS NOT NULL" if "merged_into" in entity.columns else ""
    return f", (deleted_at IS NOT NULL{merged}) AS gone"


def _kept(entity: Entity, log: str, shape: Shape) -> str:
    states = _folded(entity, log, shape)
    if entity in (DEAL, LEAD):
        # A change that happened before the record was created has nothing to stand on.
        states = f"SELECT * FROM ({states}) WHERE status IS NOT NULL"
    if not shape.instants:
        return states
    opened, ended = "NULL", "false"
    if entity in (DEAL, LEAD):
        opened = "max(id) FILTER (WHERE status = 'open')"
        ended = f"arg_max(status IN ({ENDED}) AND deleted_at IS NULL AND merged_into IS NULL, id)"
    return f"""
        WITH folded AS MATERIALIZED ({states}), instants AS (
            SELECT record, occurred_at, max(id) AS last_id, {opened} AS opened_id, {ended} AS ended
            FROM folded GROUP BY record, occurred_at)
        SELECT folded.* FROM folded JOIN instants USING (record, occurred_at)
        WHERE id = last_id OR (ended AND id = opened_id)"""


def _folded(entity: Entity, log: str, shape: Shape) -> str:
    """Every change with the state after it. A key set to null counts: so values travel wrapped in structs.

    Keys that only creates set travel together in one.
    """
    bits = {name: 1 << bit for bit, name in enumerate(entity.columns)}
    alone = [name for name in bits if shape.changed & bits[name]]
    together = [name for name in bits if name not in alone]
    windows = [(f"s{n}", f"touched & {bits[name]} <> 0", [name]) for n, name in enumerate(alone)]
    if together:
        windows.append(("born", "verb = 'create'", together))
    packed = ", ".join(
        f"last_value(CASE WHEN {sets} THEN {{{_fields(names)}}} END IGNORE NULLS) OVER f AS {pack}"
        for pack, sets, names in windows
    )
    columns = ", ".join(f'{pack}."{name}" AS "{name}"' for pack, _sets, names in windows for name in names)
    order = "ORDER BY record, occurred_at, id" if shape.born else "PARTITION BY record ORDER BY occurred_at, id"
    return f"""
        SELECT record, occurred_at, id, actor, via, {columns} FROM (
            SELECT record, occurred_at, id, actor, via, {packed} FROM {log}
            WINDOW f AS ({order} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))"""


def _fields(names: list[str]) -> str:
    return ", ".join(f"'{name}': \"{name}\"" for name in names)
