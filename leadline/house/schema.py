"""The database's schema: is it the one this version knows, and bringing it up when it is older.

Fails closed. A newer schema, one whose last change was cut short where it could not be rolled back, and one that is not
what its own list of migrations says are refused with the mend; nothing is written then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from typing import Any

from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from leadline.house import unfinished
from leadline.house.locks import exclusively
from leadline.house.refusal import Refused

Key = tuple[str, str]
ADVISORY_LOCK = 0x1EAD11E  # any number, the same in every process that shares a PostgreSQL database


class State(StrEnum):
    """How the database's schema stands to this version's."""

    CURRENT = "current"
    EMPTY = "empty"
    OLDER = "older"
    NEWER = "newer"
    UNFINISHED = "unfinished"


def state() -> State:
    """One or two small queries. Raises django.db.OperationalError where the database does not answer."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    if unfinished.step(applied) is not None:
        return State.UNFINISHED
    if not applied:
        return State.EMPTY
    if applied - _known():
        return State.NEWER
    return State.CURRENT if _needed() <= applied else State.OLDER


def bring_up() -> None:
    """Migrates an empty or older schema to this version's, one process at a time. Raises Refused."""
    try:
        if state() is State.CURRENT:
            return
        with _alone():
            _check()
            _migrate()
    except InconsistentMigrationHistory as error:
        raise Refused(f"The database's list of migrations is not in order ({error}). Restore a backup.") from None
    except DatabaseError as error:
        raise Refused(f"The database cannot be opened: {' '.join(str(error).split())}") from error


def explain(found: State) -> str:
    """A state in words, with its mend."""
    match found:
        case State.NEWER:
            names = ", ".join(sorted(".".join(key) for key in _applied() - _known()))
            return (
                f"The database was written by a newer Leadline (it knows {names}). "
                "Run that version or later, or restore a backup made before the upgrade."
            )
        case State.UNFINISHED:
            return (
                f"An upgrade of the database was cut short in {unfinished.step(_applied())} and cannot be taken back "
                "by itself. Restore the backup made before the upgrade; nothing has been changed since."
            )
        case State.OLDER:
            return "The database is of an older Leadline; the next start upgrades it."
        case State.EMPTY:
            return "The database is empty; the next start fills in the schema."
        case State.CURRENT:
            return "The schema is this version's."


def _check() -> None:
    found = state()
    if found in (State.NEWER, State.UNFINISHED):
        raise Refused(explain(found))


def _migrate() -> None:
    executor = MigrationExecutor(connection, _note)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    try:
        emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias, plan=plan)
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias, plan=plan)
    except DatabaseError as error:
        raise Refused(
            f"The database could not be upgraded: {' '.join(str(error).split())}. It is not what its list of "
            "migrations says. Restore a backup, or set LEADLINE_DATA (or DATABASE_URL) to a fresh one."
        ) from error


def _note(action: str, migration: Any = None, fake: bool | None = False) -> None:
    """The executor says what it is at; the step is on record while it runs."""
    if action == "apply_start":
        unfinished.begin(migration)
    elif action == "apply_success":
        unfinished.end()


def _applied() -> set[Key]:
    return set(MigrationRecorder(connection).applied_migrations())


@cache
def _loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


@cache
def _needed() -> frozenset[Key]:
    """This version's migrations, squashed ones as themselves."""
    return frozenset(_loader().graph.nodes)


@cache
def _known() -> frozenset[Key]:
    """Every migration this version has heard of: its own, and those that its squashed ones replace."""
    own = _loader().disk_migrations
    return frozenset(own) | {(app, name) for migration in own.values() for app, name in migration.replaces}


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: by a lock in the database where that is shared, else by one in the data folder."""
    if connection.vendor != "postgresql":
        with exclusively(settings.LEADLINE_DATA / "schema.lock"):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
