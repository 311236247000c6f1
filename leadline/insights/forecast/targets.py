"""The chance that targets are met."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from leadline.insights.forecast.answer import By, Cannot, TargetChance
from leadline.insights.forecast.days import days, today
from leadline.insights.forecast.events import Events
from leadline.insights.forecast.grouping import places
from leadline.insights.forecast.standing import Book
from leadline.insights.ledger.ledger import NOBODY, Flags, Floats, Places, Targets

MONEY, WINS = "booked_revenue", "deals_won"
WHOSE: tuple[By, ...] = ("owner", "team", "pipeline")


def target_chances(
    book: Book, found: Events | None, day: Floats, last: float, why: Cannot | None
) -> tuple[TargetChance, ...]:
    """Of the targets that run now. `last` is the last day drawn; without draws (None) the reason is `why`."""
    targets, first = book.ledger.targets, today(book.ledger)
    answers, like = [], np.zeros(0, np.int32)
    place: dict[By, Places] = {}
    if found is not None:
        like = found.like
        place = {by: places(book, by, like) for by in WHOSE}
    for row, metric in enumerate(targets.metric):
        if metric not in (MONEY, WINS) or not targets.start[row] <= first <= targets.end[row]:
            continue
        so_far = _so_far(book, targets, row)
        if found is None or targets.end[row] > last:
            none = Cannot("beyond") if found is not None else why
            answers.append(TargetChance(row, so_far, np.nan, np.nan, np.nan, None, none))
            continue
        mine = _whose(targets, row, place, len(like)) & (day <= targets.end[row])
        weight = found.money[mine] if metric == MONEY else None
        money = so_far + np.bincount(found.draw[mine], weight, minlength=found.draws)
        low, middle, high = np.quantile(money, (0.05, 0.5, 0.95))
        met = float((money >= targets.amount[row]).mean())
        answers.append(TargetChance(row, so_far, float(low), float(middle), float(high), met))
    return tuple(answers)


def _so_far(book: Book, targets: Targets, row: int) -> float:
    won = book.won[_whose(targets, row, {by: places(book, by, book.won) for by in WHOSE}, len(book.won))]
    closed = days(book.ledger, book.ledger.deals.closed[won])
    rows = won[(closed >= targets.start[row]) & (closed <= targets.end[row])]
    return float(np.nansum(book.ledger.deals.value[rows])) if targets.metric[row] == MONEY else float(len(rows))


def _whose(targets: Targets, row: int, place: Mapping[By, Places], count: int) -> Flags:
    """Which deals, at these places, count for a target."""
    mine = np.ones(count, bool)
    wanted = (targets.person[row], targets.team[row], targets.pipeline[row])
    for by, one in zip(WHOSE, wanted, strict=True):
        if one != NOBODY:
            mine &= place[by] == one
    return mine
