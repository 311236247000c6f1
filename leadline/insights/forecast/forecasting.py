"""The forecast of a ledger (R27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from leadline.insights.forecast.answer import Basis, Cannot, Correction, Forecast, OpenDeals, Past
from leadline.insights.forecast.baselines import baselines
from leadline.insights.forecast.correction import corrected, correction
from leadline.insights.forecast.days import WEEK, spans
from leadline.insights.forecast.drawing import DRAWS, cannot, drawn, is_sound
from leadline.insights.forecast.grouping import grouped
from leadline.insights.forecast.open_deals import open_deals
from leadline.insights.forecast.part import is_nothing, of_part
from leadline.insights.forecast.past import ORIGINS, pasts
from leadline.insights.forecast.standing import Book
from leadline.insights.forecast.targets import target_chances
from leadline.insights.ledger.ledger import Ledger, Status

LONGEST = 52  # weeks


def forecast(
    ledger: Ledger,
    horizon_weeks: int = 13,
    *,
    draws: int = DRAWS,
    past: Sequence[Past] | None = None,
    origins: int = ORIGINS,
    part: Ledger | None = None,
) -> Forecast:
    """What will be booked in the weeks ahead, as `draws` of it, and what that rests on.

    `past` are past forecasts of this pipeline whose outcome is known, where they are kept; without them as many as
    `origins` are made anew, each from what was known then. With a `part` of the ledger everything is learned from the
    ledger, and said of the part. The same ledger gives the same answer. Raises ValueError for
    a horizon that is not 1 to 52 weeks.
    """
    if not 1 <= horizon_weeks <= LONGEST:
        raise ValueError(f"A forecast is for 1 to {LONGEST} weeks ahead, not {horizon_weeks}.")
    why = cannot(ledger)
    if why:
        return _without(ledger if part is None else part, horizon_weeks, why)
    judged = pasts(ledger, horizon_weeks, origins) if past is None else tuple(past)
    told = correction(judged)
    every = drawn(ledger, horizon_weeks, draws)
    if not is_sound(every):
        return _without(ledger if part is None else part, horizon_weeks, Cannot("unsound"))
    found = of_part(replace(every, events=corrected(every.events, told)), part)
    last = max(span.end for span in found.spans)
    quarter = next(span for span in found.spans if span.kind == "quarter")
    basis = _basis(found.book.ledger, found.chances.method)
    return Forecast(
        ledger.as_of,
        horizon_weeks,
        found.spans,
        {} if is_nothing(found) else grouped(found.book, found.events, found.day, found.spans),
        open_deals(found.book, found.chances, found.sizes, horizon_weeks, quarter.end),
        baselines(found.book, found.spans),
        target_chances(found.book, found.events, found.day, last, None),
        judged if part is None else (),
        told,
        basis if part is None else replace(basis, closed=0),
    )


def _without(ledger: Ledger, weeks: int, why: Cannot) -> Forecast:
    """What can be said all the same: the baselines, and what targets have so far."""
    book, found = Book(ledger), spans(ledger, weeks)
    none = np.zeros(0)
    whole = none.astype(np.int32)
    nobody = OpenDeals(whole, none.astype(np.int64), whole, whole, *[none] * 8)
    told = target_chances(book, None, none, 0.0, why)
    basis = _basis(ledger, "none")
    return Forecast(ledger.as_of, weeks, found, {}, nobody, baselines(book, found), told, (), Correction(0), basis, why)


def _basis(ledger: Ledger, method: Literal["hazards", "table", "none"]) -> Basis:
    deals = ledger.deals
    won = deals.status == Status.WON
    closed = int((won | (deals.status == Status.LOST)).sum())
    weeks = max(0.0, (ledger.as_of - ledger.start) / WEEK)
    amounts = float((deals.value[won] > 0).mean()) if won.any() else 0.0
    return Basis(method, closed, int(won.sum()), int((deals.status == Status.OPEN).sum()), weeks, amounts)
