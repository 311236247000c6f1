"""Done activities touch their deals (R3): the clock that tells how long a deal has been left alone."""

from typing import Any

from django.db import connection

from leadline.imports.writing.batch import State
from leadline.imports.writing.bulk import sqlite_time
from leadline.imports.writing.context import Context


class Touches:
    """The latest touch of each deal within a chunk."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.latest: dict[int, str] = {}

    def by_activity(self, state: State) -> None:
        """A done activity on a deal."""
        deal, done = state.get("deal_id"), state.get("done_at")
        if deal and done and done <= self.context.stamp:
            self.latest[deal] = max(done, self.latest.get(deal, ""))

    def write(self, model: Any) -> None:
        """Move the clocks on, never back."""
        if self.context.dry or not self.latest:
            return
        table = connection.ops.quote_name(model._meta.db_table)
        rows = []
        for deal, done in self.latest.items():
            time = sqlite_time(done) if connection.vendor == "sqlite" else done
            rows.append((time, deal, time))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET last_touch_at = %s "
                "WHERE id = %s AND (last_touch_at IS NULL OR last_touch_at < %s)",
                rows,
            )
