"""Shares of leads: how many went on, and where they end (R12, R13, R14)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leadline.insights.metrics import total
from leadline.insights.metrics.comparing import compare
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.proportion import PARTS
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers import shrinkage
from leadline.insights.numbers.proportions import Floats, jeffreys
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question

Flags = npt.NDArray[np.bool_]

COUNTS = (
    "coalesce(sum(success), 0)::BIGINT AS k, coalesce(sum(success + failure), 0)::BIGINT AS n, "
    "coalesce(sum(pending), 0)::BIGINT AS pending"
)


def share(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator, denominator (= n), value, low, high (Jeffreys), pending, and `so_far` with its interval.

    `so_far` is the share of all that entered, the pending among them: what the value is at least. Where nobody records
    what is lost (`endless`), it is all that is known: value, low, high and comparison are None.
    """
    return _share(tables, question, blind=True)


def traced(tables: Tables, question: Question) -> list[Row]:
    """The same where pending ones are not on their way to anything: the value is known whenever some are decided."""
    return _share(tables, question, blind=False)


def _share(tables: Tables, question: Question, *, blind: bool) -> list[Row]:
    groups = grouped(tables, question, selection(question), COUNTS)
    rows = labelled(question, groups)
    k, n, pending = (floats(groups, name) for name in ("k", "n", "pending"))
    put_share(question, rows, k, n, endless(k, n - k, pending) & blind)
    low, high = jeffreys(k, n + pending)
    for i, row in enumerate(rows):
        entered = n[i] + pending[i]
        row |= {
            "pending": int(pending[i]),
            "so_far": float(k[i] / entered) if entered else None,
            "so_far_low": shown(low[i]),
            "so_far_high": shown(high[i]),
        }
    return rows


def step(tables: Tables, question: Question) -> list[Row]:
    """The same, and `skipped`: those that were further without having been seen here."""
    rows = share(tables, question)
    jumped = grouped(tables, question, selection(question), "coalesce(sum(jumped), 0)::BIGINT AS jumped")
    for row, skipped in zip(rows, jumped.column("jumped").to_pylist(), strict=True):
        row["skipped"] = skipped
    return rows


def leak(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator that ended there, of denominator (= n) that entered, value, low, high; pending of them.

    One lead (deal) that came to several steps is one: it ends once. Of leads where nobody records what is lost
    (`endless`) value, low, high and comparison are None.
    """
    columns = (
        f"count(DISTINCT {question.metric.rows}) FILTER (WHERE failure = 1) AS k, "
        f"count(DISTINCT {question.metric.rows}) AS n, "
        f"count(DISTINCT {question.metric.rows}) FILTER (WHERE pending = 1) AS pending"
    )
    groups = grouped(tables, question, selection(question), columns)
    rows = labelled(question, groups)
    k, n, pending = (floats(groups, name) for name in ("k", "n", "pending"))
    put_share(question, rows, k, n, endless(n - k - pending, k, pending) & (question.metric.rows == "lead"))
    for i, row in enumerate(rows):
        row["pending"] = int(pending[i])
    return rows


def endless(went_on: Floats, ended: Floats, pending: Floats) -> Flags:
    """Where some went on, more wait and none ended: it is not recorded what is lost, and 100 % would be a fable."""
    found: Flags = (went_on > 0) & (ended == 0) & (pending > went_on)
    return found


def put_share(question: Question, rows: list[Row], k: Floats, n: Floats, unknown: Flags | None = None) -> None:
    """k of n into each row, with the interval and the comparison; only the counts where the share is `unknown`."""
    blind = np.zeros(len(rows), dtype=bool) if unknown is None else unknown
    low, high = jeffreys(k, n)
    for i, row in enumerate(rows):
        row |= {
            "value": float(k[i] / n[i]) if n[i] and not blind[i] else None,
            "numerator": int(k[i]),
            "denominator": int(n[i]),
            "n": int(n[i]),
            "low": None if blind[i] else shown(low[i]),
            "high": None if blind[i] else shown(high[i]),
        }
    k, n = (np.where(blind, 0.0, known) for known in (k, n))
    compare(question, rows, [int(size) for size in n], lambda some: shrinkage.proportions(k[some], n[some]))


def columns(unit: str, *names: str) -> tuple[Column, ...]:
    """Columns that count leads (or deals) and open them."""
    return tuple(Column(name, unit, name) for name in names)


SO_FAR = Column("so_far", "share", "entered", low="so_far_low", high="so_far_high")
TOLD = (*columns("leads", "numerator", "denominator", "pending"), SO_FAR)
ENDED = {"": "true", "numerator": "failure = 1", "denominator": "true", "pending": "pending = 1"}
SUMMED = {"": "true", "left_out": "amount IS NULL"}
KINDS = {
    "lead_share": Kind(share, PARTS, TOLD),
    "lead_trace": Kind(traced, PARTS, TOLD),
    "lead_step": Kind(step, {**PARTS, "skipped": "jumped = 1"}, (*TOLD, *columns("leads", "skipped"))),
    "lead_leak": Kind(leak, ENDED, columns("leads", "numerator", "denominator", "pending")),
    "deal_leak": Kind(leak, ENDED, columns("deals", "numerator", "denominator", "pending")),
    "lead_total": Kind(total.total, SUMMED, columns("leads", "left_out")),
}
