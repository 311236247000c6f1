"""Done activities and moves touch their deals (R3): the clock that tells how long a deal has been left alone."""

from typing import Any, Self

from django.db import connection

from leadline.crm.models import Deal
from leadline.history.values import plain
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

    def by_moves(self) -> Self:
        """Every change of stage that is to be written: somebody made it before (decision 0023)."""
        for entry in self.context.batch.entries:
            if entry.entity == Deal.ENTITY and "stage_id" in entry.before:
                at = plain(entry.occurred_at)
                self.latest[entry.record_id] = max(at, self.latest.get(entry.record_id, ""))
        return self

    def write(self, model: Any) -> None:
        """Move the clocks on, never back; those of deals that are only made now with them."""
        made = self.context.batch.inserts[model]
        for pk in made.keys() & self.latest.keys():
            made[pk]["last_touch_at"] = self.latest.pop(pk)
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
