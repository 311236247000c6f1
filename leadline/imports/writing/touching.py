"""Done activities and moves touch their deals and leads (R3): the clocks that tell how long they were left alone."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import connection

from leadline.crm.models import Deal, Lead
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


def clocks_of_new(final: State, changes: Iterable[tuple[str, State]], importer: int | None) -> State:
    """The clocks of a lead that is only made now (`LeadClocks`): each step of its qualification touched it."""
    owner, since = final.get("owner_id"), final.get("created_at")
    steps = sorted(at for at, values in changes if "stage" in values)
    answers = [at for at in steps if owner and owner == importer and since and at >= since]
    return {
        "owned_since": since if owner else None,
        "answered_at": min(answers, default=None),
        "last_touch_at": max(steps, default=None),
    }


class LeadTouches:
    """The done activities on leads within a chunk: (when, whose) of each lead."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: dict[int, set[tuple[str, int | None]]] = {}

    def by_activity(self, state: State) -> None:
        lead, done = state.get("lead_id"), state.get("done_at")
        if lead and done and done <= self.context.stamp:
            self.done.setdefault(lead, set()).add((done, state.get("owner_id")))

    def write(self) -> None:
        """Move the clocks on: the last touch never back, the answer never later."""
        if self.context.dry or not self.done:
            return
        time = sqlite_time if connection.vendor == "sqlite" else str
        touches = [(time(max(done)[0]), pk) for pk, done in self.done.items()]
        answers = [(time(at), pk, owner) for pk, done in self.done.items() for at, owner in done if owner]
        table = connection.ops.quote_name(Lead._meta.db_table)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET last_touch_at = %s "
                "WHERE id = %s AND (last_touch_at IS NULL OR last_touch_at < %s)",
                [(at, pk, at) for at, pk in touches],
            )
            cursor.executemany(
                f"UPDATE {table} SET answered_at = %s WHERE id = %s AND owner_id = %s AND owned_since <= %s "
                "AND (answered_at IS NULL OR answered_at > %s)",
                [(at, pk, owner, at, at) for at, pk, owner in answers],
            )
