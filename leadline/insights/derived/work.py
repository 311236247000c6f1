"""Work: the activities done while a deal stood in a stage."""

from __future__ import annotations

import ibis.expr.types as ir

PASSAGE = ("deal", "pipeline", "stage", "entered_at", "outcome", "owner", "source")


def work(visits: ir.Table, activities: ir.Table) -> ir.Table:
    """One row per deal, stage and type of activity: `worked`, how many were done there."""
    done = activities.filter(activities.done_at.notnull()).select("activity_type", "done_at", on="deal")
    stays = visits.filter(visits.stage.notnull())
    while_there = [
        stays.deal == done.on,
        done.done_at >= stays.entered_at,
        stays.left_at.isnull() | (done.done_at < stays.left_at),
    ]
    rows = stays.inner_join(done, while_there)
    return rows.group_by("deal", "stage", "activity_type").agg(worked=rows.count())


def passage_work(passages: ir.Table, work: ir.Table) -> ir.Table:
    """One row per decided passage and type of activity done in it."""
    decided = passages.filter(passages.outcome.isin(("advanced", "failed")) & passages.stage.notnull())
    rows = decided.select(*PASSAGE).inner_join(work, ["deal", "stage"])
    return rows.select(*PASSAGE, "activity_type", "worked")
