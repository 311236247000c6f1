"""Forecasts as they would have stood at past moments, and what came of them (R28)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leadline.insights.forecast.answer import LEVELS, Past, Span
from leadline.insights.forecast.baselines import baselines, within
from leadline.insights.forecast.correction import EVERY
from leadline.insights.forecast.days import WEEK, days, today
from leadline.insights.forecast.drawing import Drawn, cannot, drawn
from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import Ledger, Status

SHORT = 4  # weeks: beside the whole horizon
ORIGINS = 6
BEFORE = 1e-6  # days
DRAWS, EFFECTS, CASES = 300, 12, 10_000  # fewer than for today's forecast: only quantiles are wanted


def pasts(ledger: Ledger, weeks: int, origins: int = ORIGINS) -> tuple[Past, ...]:
    """Every fourth week back, the latest first; of each as many horizons as are over by now."""
    found: list[Past] = []
    for back in range(1, origins + 1):
        then = stood(ledger, ledger.as_of - WEEK * EVERY * back)
        if cannot(then):
            break
        over = tuple(one for one in horizons(weeks) if one <= EVERY * back)
        if over:
            found += judged(foretold(drawn(then, max(over), DRAWS, EFFECTS, CASES), over), ledger)
    return tuple(found)


def stood(ledger: Ledger, moment: float) -> Ledger:
    """As it stood right before a moment: of midnight nothing is known yet of the day that begins."""
    return replace(as_of(ledger, moment - BEFORE), as_of=moment)


def horizons(weeks: int) -> tuple[int, ...]:
    """The lengths for which past forecasts are judged."""
    return tuple(sorted({min(SHORT, weeks), weeks}))


def foretold(found: Drawn, weeks: tuple[int, ...]) -> list[Past]:
    """What draws say of the next so many weeks; the outcome is not known yet (NaN)."""
    first, as_of = today(found.book.ledger), found.book.ledger.as_of
    said = []
    for count in weeks:
        span = Span("horizon", f"{count}w", float(first), float(first + WEEK * count - 1))
        rows = found.day <= span.end
        money = np.bincount(found.events.draw[rows], found.events.money[rows], minlength=found.events.draws)
        simple = {one.key: float(one.money[0]) for one in baselines(found.book, (span,))}
        said.append(Past(as_of, count, np.quantile(money, LEVELS), **simple, outcome=np.nan))
    return said


def judged(said: list[Past], ledger: Ledger) -> list[Past]:
    """With what came of them by the ledger's time; without those that are not over."""
    deals = ledger.deals
    won = deals.status == Status.WON
    closed, money = days(ledger, deals.closed[won]), np.nan_to_num(deals.value[won])
    found = []
    for one in said:
        first = float(days(ledger, np.array([one.as_of]))[0])
        if first + WEEK * one.weeks <= today(ledger):
            found.append(_with(one, within(closed, money, first, first + WEEK * one.weeks - 1)))
    return found


def _with(one: Past, outcome: float) -> Past:
    return Past(one.as_of, one.weeks, one.quantiles, one.weighted, one.last_year, one.sellers, outcome)
