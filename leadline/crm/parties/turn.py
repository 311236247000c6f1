"""One after the other: whoever may make people or organizations of what came, so that nobody is made twice."""

from __future__ import annotations

from django.db import connection

NUMBER = 7_339_241  # of the lock, among PostgreSQL's own


def in_turn() -> None:
    """Whoever else settles whom a lead is about waits until this transaction has: what was made a moment ago is found.

    Doors, conversions, on whatever server. Must stand in a transaction, before any lead is locked in it; on SQLite that
    transaction holds the whole database already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER])
