"""Passages: entries with the time they took, and with the work that was done in them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

COLUMNS = (
    "deal", "pipeline", "stage", "rank", "entered_at", "skipped", "outcome", "status", "owner", "source", "ended_at",
    "worked",
)  # fmt: skip


def passages(entries: ir.Table, visits: ir.Table, work: ir.Table) -> ir.Table:
    """One row per entry, with `ended_at` and `worked`, how many activities were done while the deal stood there.

    `ended_at`: when the deal came to a later stage of the pipeline or was won (advanced), or was last lost or parked
    (failed); null where it is pending or that is not known.
    """
    upwards = ibis.window(group_by=["deal", "pipeline"], order_by="rank")
    followed = entries.mutate(next_at=entries.entered_at.lead().over(upwards))
    ends = ends_of_deals(visits)
    ended = followed.left_join(ends, "deal").drop("deal_right")
    done = work.group_by("deal", "stage").agg(activities=work.worked.sum())
    rows = ended.left_join(done, ["deal", "stage"]).drop("deal_right", "stage_right")
    return rows.mutate(
        ended_at=ibis.cases(
            (rows.outcome == "failed", rows.failed_at),
            (rows.outcome == "advanced", _sooner(rows.next_at, rows.won_at)),
            else_=None,
        ),
        worked=ibis.coalesce(rows.activities, 0).cast("int64"),
    ).select(*COLUMNS)


def ends_of_deals(visits: ir.Table) -> ir.Table:
    """deal, won_at, failed_at: when the deal was first won, and last lost or parked."""
    return visits.group_by("deal").agg(
        won_at=ibis.ifelse(visits.ended == "won", visits.left_at, None).min(),
        failed_at=ibis.ifelse(visits.ended.isin(("lost", "parked")), visits.left_at, None).max(),
    )


def _sooner(following: ir.TimestampValue, won: ir.TimestampValue) -> ir.Value:
    """The earlier of the two, the later of which may not be known."""
    return ibis.ifelse(following.isnull() | (won < following).fill_null(False), won, following)
