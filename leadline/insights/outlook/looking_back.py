"""The forecast as it would have stood on past days, against what happened (R28), and how good its chances were.

Each past forecast is made from the ledger as it stood then, and corrected by those past forecasts only whose outcome
was known then: nothing in it knows what came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from leadline.insights.forecast.answer import HIGH, LOW, MEDIAN, Past
from leadline.insights.forecast.correction import EVERY, correction
from leadline.insights.forecast.days import WEEK, date, days
from leadline.insights.forecast.drawing import Drawn, cannot, drawn
from leadline.insights.forecast.part import of_part
from leadline.insights.forecast.past import CASES, DRAWS, EFFECTS, foretold, horizons, judged, stood
from leadline.insights.ledger.ledger import Floats, Ledger, Status
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.outlook.backtest import Backtest, Bin, Stand
from leadline.insights.outlook.outlook import Cannot

ORIGINS = 26  # past days, four weeks apart: two years
BINS = 8
FEWEST = 40  # deals in a bin


def looking_back(ledger: Ledger, weeks: int, origins: int = ORIGINS, part: Ledger | None = None) -> Backtest:
    """Every fourth week back, as far as the records bear it. With a `part` learned of the ledger, said of the part."""
    own = ledger if part is None else part
    past: list[Past] = []
    said, came = [np.zeros(0)], [np.zeros(0, np.bool_)]
    why = cannot(ledger)
    for back in range(1, origins + 1 if why is None else 1):
        then = stood(ledger, ledger.as_of - WEEK * EVERY * back)
        why = cannot(then)
        if why:
            break
        over = tuple(one for one in horizons(weeks) if one <= EVERY * back)
        if not over:
            continue
        found = of_part(drawn(then, max(over), DRAWS, EFFECTS, CASES), part)
        past += judged(foretold(found, over), own)
        if weeks in over:
            chance, won = _chances(found, own, weeks)
            said.append(chance)
            came.append(won)
    stands = tuple(_stand(own, one) for one in _corrected(past))
    told, was = np.concatenate(said), np.concatenate(came)
    brier, plain = (_error(told, was), _error(np.full(len(was), was.mean()), was)) if len(was) else (np.nan, np.nan)
    lacking = Cannot(why.reason, int(why.more)) if why and not past else None
    return Backtest(weeks, stands, tuple(_bins(told, was)), brier, plain, lacking)


def _corrected(past: Sequence[Past]) -> Iterator[Past]:
    """Each with the correction that was known when it was made, the first first."""
    for one in sorted(past, key=lambda each: (each.as_of, each.weeks)):
        known = [each for each in past if each.as_of + WEEK * each.weeks <= one.as_of]
        told, middle = correction(known), float(one.quantiles[MEDIAN])
        if told.origins and middle > 0:
            log = np.log(np.maximum(one.quantiles, middle * 1e-3) / middle)
            yield replace(one, quantiles=one.quantiles * np.exp(told.shift + (told.spread - 1) * log))
        else:
            yield one


def _stand(ledger: Ledger, past: Past) -> Stand:
    low, middle, high = (float(past.quantiles[at]) for at in (LOW, MEDIAN, HIGH))
    day = date(float(days(ledger, np.array([past.as_of]))[0]))
    return Stand(day, past.weeks, low, middle, high, past.weighted, past.last_year, past.sellers, past.outcome)


def _chances(found: Drawn, ledger: Ledger, weeks: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Of each deal open then: the chance to be won in so many weeks, and whether it was."""
    then, deals = found.book.ledger, ledger.deals
    chance = found.chances.won[0, :, :weeks].sum(axis=1)
    order = np.argsort(deals.id)
    at = order[np.searchsorted(deals.id, then.deals.id[found.chances.deal], sorter=order)]
    won = (deals.status[at] == Status.WON) & (deals.closed[at] <= then.as_of + WEEK * weeks)
    return np.asarray(chance, np.float64), won


def _error(said: Floats, was: NDArray[np.bool_]) -> float:
    return float(np.mean((said - was) ** 2))


def _bins(said: Floats, was: NDArray[np.bool_]) -> Iterator[Bin]:
    """About as many deals in each, in order of their chances."""
    count = min(BINS, len(said) // FEWEST)
    if not count:
        return
    for rows in np.array_split(np.argsort(said, kind="stable"), count):
        won = int(was[rows].sum())
        low, high = jeffreys(np.array([won]), np.array([len(rows)]))
        yield Bin(float(said[rows].mean()), won / len(rows), float(low[0]), float(high[0]), len(rows), won)
