"""The step of an upgrade that is running, on record in the database while it runs.

A process can die in the middle of a migration. One that ran in a transaction is rolled back and may simply run again;
one that could not (`atomic = False`) may be half done, and nothing but its record tells.
"""

from __future__ import annotations

from django.db import connection
from django.db.migrations.migration import Migration

TABLE = "leadline_upgrade_step"


def begin(migration: Migration) -> None:
    """Puts the migration on record, in a transaction of its own."""
    whole = bool(migration.atomic and connection.features.can_rollback_ddl)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (app varchar(255), name varchar(255), whole smallint)")
        cursor.execute(f"DELETE FROM {TABLE}")
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s, %s)", [migration.app_label, migration.name, int(whole)])


def end() -> None:
    """Takes the record away: the migration is done."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def step(applied: set[tuple[str, str]]) -> str | None:
    """The migration that may be half done, as app.name; None where there is none. `applied`: those that are done."""
    if TABLE not in connection.introspection.table_names():
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT app, name, whole FROM {TABLE}")
        for app, name, whole in cursor.fetchall():
            if not whole and (app, name) not in applied:
                return f"{app}.{name}"
    return None
