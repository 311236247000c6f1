"""The chance that targets are met."""

from __future__ import annotations

import numpy as np

from leadline.insights.forecast.answer import Cannot, TargetChance
from leadline.insights.forecast.days import days, today
from leadline.insights.forecast.events import Events
from leadline.insights.forecast.grouping import places
from leadline.insights.forecast.standing import Book
from leadline.insights.ledger.ledger import Flags, Floats, Places, Targets

MONEY, WINS = "booked_revenue", "deals_won"


def target_chances(
    book: Book, found: Events | None, day: Floats, last: float, why: Cannot | None
) -> tuple[TargetChance, ...]:
    """Of the targets that run now. `last` is the last day drawn; without draws (None) the reason is `why`."""
    targets, first = book.ledger.targets, today(book.ledger)
    answers = []
    for row, metric in enumerate(targets.metric):
        if metric not in (MONEY, WINS) or not targets.start[row] <= first <= targets.end[row]:
            continue
        so_far = _so_far(book, targets, row)
        if found is None or targets.end[row] > last:
            none = Cannot("beyond") if found is not None else why
            answers.append(TargetChance(row, so_far, np.nan, np.nan, np.nan, None, none))
            continue
        mine = _whose(book, targets, row, found.like) & (day <= targets.end[row])
        weight = found.money[mine] if metric == MONEY else None
        money = so_far + np.bincount(found.draw[mine], weight, minlength=found.draws)
        low, middle, high = np.quantile(money, (0.05, 0.5, 0.95))
        met = float((money >= targets.amount[row]).mean())
        answers.append(TargetChance(row, so_far, float(low), float(middle), float(high), met))
    return tuple(answers)


def _so_far(book: Book, targets: Targets, row: int) -> float:
    won = book.won[_whose(book, targets, row, book.won)]
    closed = days(book.ledger, book.ledger.deals.closed[won])
    rows = won[(closed >= targets.start[row]) & (closed <= targets.end[row])]
    return float(np.nansum(book.ledger.deals.value[rows])) if targets.metric[row] == MONEY else float(len(rows))


def _whose(book: Book, targets: Targets, row: int, deals: Places) -> Flags:
    """Which of the deals count for a target."""
    mine = np.ones(len(deals), bool)
    if targets.person[row] >= 0:
        mine &= places(book, "owner", deals) == targets.person[row]
    if targets.team[row] >= 0:
        mine &= places(book, "team", deals) == targets.team[row]
    if targets.pipeline[row] >= 0:
        mine &= places(book, "pipeline", deals) == targets.pipeline[row]
    return mine
