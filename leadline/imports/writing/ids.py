"""Ids for rows that are about to be written, so that log entries and links can name them beforehand."""

from collections import defaultdict
from typing import Any

from django.db import connection


class Ids:
    """Takes ids from a table's own sequence; in a dry run it makes up negative ones that no row has."""

    def __init__(self, dry: bool) -> None:
        self.dry = dry
        self.sqlite = connection.vendor == "sqlite"
        self.made_up = 0
        self.waiting: dict[Any, list[int]] = defaultdict(list)
        self.latest: dict[Any, int] = {}

    def take(self, model: Any) -> int:
        """One id. On SQLite it holds good within the transaction under way only (see `forget`)."""
        if self.dry:
            self.made_up -= 1
            return self.made_up
        if self.sqlite:
            self.latest[model] = (self.latest[model] if model in self.latest else last_used(model)) + 1
            return self.latest[model]
        if not self.waiting[model]:
            self.waiting[model] = from_sequence(model, 500)
        return self.waiting[model].pop()

    def forget(self) -> None:
        """A transaction begins: others may have taken ids since."""
        self.latest.clear()


def last_used(model: Any) -> int:
    """The highest id SQLite has ever given out in this table."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def from_sequence(model: Any, count: int) -> list[int]:
    """The next ids of a PostgreSQL sequence, in falling order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted((int(row[0]) for row in cursor.fetchall()), reverse=True)
