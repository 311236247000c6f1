"""What simple forecasts say of the same spans, from the same data."""

from __future__ import annotations

import numpy as np

from leadline.insights.forecast.answer import Baseline, Cannot, Span
from leadline.insights.forecast.days import days, today, year_before
from leadline.insights.forecast.standing import Book, standing
from leadline.insights.ledger.ledger import Floats, Status

USUAL_DAYS = 30.0  # to be won, where no stage has ever shown how long it takes


def baselines(book: Book, spans: tuple[Span, ...]) -> tuple[Baseline, ...]:
    """Each counts what is won so far in.

    `weighted`: values times the probability set on the stage (else the share of its deals that was won), on the
    expected day if it is to come, else after the median time from that stage. `sellers`: values on the sellers' own
    days. `last_year`: what was booked on the same days a year ago.
    """
    closed = days(book.ledger, book.ledger.deals.closed[book.won])
    money = np.nan_to_num(book.ledger.deals.value[book.won])
    so_far = np.array([within(closed, money, span.start, span.end) for span in spans])
    now = standing(book, book.open, np.full(len(book.open), book.ledger.as_of))
    value = np.nan_to_num(now.value)
    first = float(today(book.ledger))
    said = first + now.ahead
    share, later = _stages(book)
    when = np.where(now.ahead >= 0, said, first + later[now.stage])
    weighted = np.array([within(when, value * share[now.stage], span.start, span.end) for span in spans])
    sellers = np.array([within(said, value, span.start, span.end) for span in spans])
    dated = len(said) == 0 or bool(np.isfinite(said).any())
    return (
        Baseline("weighted", so_far + weighted),
        _last_year(book, spans, closed, money),
        Baseline(
            "sellers", so_far + sellers if dated else np.full(len(spans), np.nan), None if dated else Cannot("no_dates")
        ),
    )


def within(day: Floats, money: Floats, start: float, end: float) -> float:
    """The money of these days, both ends included."""
    return float(money[(day >= start) & (day <= end)].sum())


def _last_year(book: Book, spans: tuple[Span, ...], closed: Floats, money: Floats) -> Baseline:
    found = np.full(len(spans), np.nan)
    for place, span in enumerate(spans):
        start, end = year_before(span)
        if start >= np.floor(book.ledger.start):
            found[place] = within(closed, money, start, end)
    return Baseline("last_year", found, Cannot("no_past_year") if np.isnan(found).all() else None)


def _stages(book: Book) -> tuple[Floats, Floats]:
    """(chance to be won, median days until then) by place of stage; the last: where the stage is not known."""
    ledger = book.ledger
    visits, deals = ledger.visits, ledger.deals
    count = len(ledger.names["stage"])
    status = deals.status[visits.deal]
    won = status == Status.WON
    told = visits.stage >= 0
    over = (told & won, told & (won | (status == Status.LOST)))
    per_stage = [np.bincount(visits.stage[rows], minlength=count) for rows in over]
    ended = np.isin(deals.status, (Status.WON, Status.LOST)).sum()
    every = float((deals.status == Status.WON).sum() / max(1, ended))
    measured = np.where(per_stage[1] > 0, per_stage[0] / np.maximum(per_stage[1], 1), every)
    share = np.where(np.isnan(ledger.stages.probability), measured, ledger.stages.probability)
    stay = deals.closed[visits.deal] - visits.entered
    later = np.full(count + 1, USUAL_DAYS)
    whole = deals.closed[book.won] - deals.created[book.won]
    whole = whole[np.isfinite(whole)]
    if len(whole):
        later[:] = np.median(whole)
    for stage in range(count):
        mine = won & (visits.stage == stage) & np.isfinite(stay)
        if mine.any():
            later[stage] = np.median(stay[mine])
    return np.append(share, every), later
