"""Care: what was done about each deal, and what was not, as far as its own history tells."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

COLUMNS = (
    "deal", "first_touched_at", "touched_at", "worked", "pushes", "pushed_days", "planned", "entered_at", "jumped",
    "advanced",
)  # fmt: skip


def care(
    clocks: ir.Table, touches: ir.Table, pushes: ir.Table, activities: ir.Table, visits: ir.Table, passages: ir.Table
) -> ir.Table:
    """One row per deal, also if it is deleted or merged: leads may have become it.

    `first_touched_at` and `touched_at`, the first and the last touch; `worked`: one came after its creation and before
    its close. `pushes`, `pushed_days`: how often and how far its expected close was moved later. `planned`: something
    is to be done. `entered_at`: when it came to the stage where it stands. `jumped`: it skipped a stage after it was
    there, for one created midway has skipped none. `advanced`: it went on from some stage.
    """
    rows = clocks
    for more in (_touched(clocks, touches), _pushed(pushes), _planned(activities), _entered(visits), _went(passages)):
        rows = rows.left_join(more, "deal").drop("deal_right")
    return rows.mutate(
        worked=rows.worked.fill_null(0) == 1,
        pushes=ibis.coalesce(rows.pushes, 0).cast("int64"),
        pushed_days=ibis.coalesce(rows.pushed_days, 0).cast("int64"),
        planned=rows.planned.fill_null(0) == 1,
        jumped=(rows.skipped_at > rows.begun).fill_null(False),
        advanced=rows.advanced.fill_null(0) == 1,
    ).select(*COLUMNS)


def _touched(clocks: ir.Table, touches: ir.Table) -> ir.Table:
    rows = touches.inner_join(clocks, "deal")
    after = (rows.touched_at > rows.created_at).fill_null(True)
    closed = rows.status.isin(("won", "lost"))
    before = ibis.ifelse(closed, (rows.touched_at < rows.closed_at).fill_null(True), True)
    return rows.group_by("deal").agg(
        first_touched_at=rows.touched_at.min(),
        touched_at=rows.touched_at.max(),
        worked=ibis.ifelse(after & before, 1, 0).max(),
    )


def _pushed(pushes: ir.Table) -> ir.Table:
    later = pushes.filter(pushes.days > 0)
    return later.group_by("deal").agg(pushes=later.count(), pushed_days=later.days.sum())


def _planned(activities: ir.Table) -> ir.Table:
    return activities.group_by("deal").agg(planned=ibis.ifelse(activities.done_at.isnull(), 1, 0).max())


def _entered(visits: ir.Table) -> ir.Table:
    standing = visits.filter(visits.ended == "open")
    return standing.group_by("deal").agg(entered_at=standing.entered_at.max())


def _went(passages: ir.Table) -> ir.Table:
    return passages.group_by("deal").agg(
        begun=passages.entered_at.min(),
        skipped_at=ibis.ifelse(passages.skipped, passages.entered_at, None).max(),
        advanced=ibis.ifelse(passages.outcome == "advanced", 1, 0).max(),
    )
