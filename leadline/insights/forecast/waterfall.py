"""What changed the forecast of a span since a past moment: won, lost, slipped, added, re-valued, chances, to come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from leadline.insights.forecast import sizes
from leadline.insights.forecast.answer import Cannot, Correction, Span, Step, Waterfall
from leadline.insights.forecast.correction import corrected
from leadline.insights.forecast.days import WEEK, days, spans, today
from leadline.insights.forecast.drawing import Drawn, cannot, drawn
from leadline.insights.forecast.grouping import grouped
from leadline.insights.forecast.part import of_part
from leadline.insights.forecast.past import stood
from leadline.insights.forecast.standing import Book, standing
from leadline.insights.ledger.ledger import NOBODY, Flags, Floats, Ledger, Places, Status

CRUMB = 0.5  # money: deals that changed by less are behind no step
NONE = np.zeros(0, np.int32)


@dataclass(frozen=True)
class Side:
    """The expected bookings of the span as seen from one moment; by row of the ledger of now."""

    ledger: Ledger
    whole: float  # all together
    won: Floats  # (D,): booked in the span so far
    open: Floats  # (D,): expected of open deals
    value: Floats  # (D,): of open deals
    brings: Floats  # (D,): what they bring if won
    expected: Floats  # (D,): the sellers' days
    known: Flags  # (D,): open then


def waterfall(
    ledger: Ledger,
    since: float,
    weeks: int = 13,
    kind: Literal["month", "quarter"] = "quarter",
    correction: Correction | None = None,
    part: Ledger | None = None,
) -> Waterfall:
    """Of the running month or quarter; `since` is a moment in days since 1970.

    Both forecasts get the same `correction` (that of today's forecast), so that it moves nothing. Where the forecast
    could not be made at one of the moments there are no steps, and `cannot` says why. `part` as of `forecast`.
    """
    span = next(one for one in spans(ledger, weeks) if one.kind == kind)
    then = stood(ledger, since)
    why = cannot(then) or cannot(ledger)
    if why:
        return Waterfall(span, since, np.nan, np.nan, (), why)
    ahead = int(np.ceil((span.end + 1 - today(then)) / WEEK))
    if ahead > 2 * 52:
        return Waterfall(span, since, np.nan, np.nan, (), Cannot("beyond"))
    told = correction or Correction(0)
    now = ledger if part is None else part
    before, after = (
        _side(of_part(replace(one, events=corrected(one.events, told)), part), span, now)
        for one in (drawn(then, max(weeks, ahead)), drawn(ledger, weeks))
    )
    return Waterfall(span, since, before.whole, after.whole, _steps(before, after, span))


def _side(found: Drawn, span: Span, now: Ledger) -> Side:
    """Chances by deal, to the scale of the draws, which the correction has moved."""
    book, likely = found.book, found.chances
    bookings = grouped(book, found.events, found.day, (span,), ("all",))["all", NOBODY]
    ahead = np.arange(likely.weeks)
    inside = np.clip((span.end + 1 - today(book.ledger) - WEEK * ahead) / WEEK, 0.0, 1.0)
    brings = sizes.expected(found.sizes, likely.value)
    money = likely.won.mean(axis=0) @ inside * brings
    total = float(money.sum())
    money = money * (float(bookings.parts["open"][0]) / total if total > 0 else 0.0)
    row = _rows(book.ledger, now, likely.deal)
    state = standing(book, likely.deal, np.full(len(likely.deal), book.ledger.as_of))
    count = len(now.deals)
    return Side(
        now,
        float(bookings.mean[0]),
        _laid(count, _rows(book.ledger, now, book.won), _won_in(book, span), 0.0),
        *(_laid(count, row, money, 0.0), _laid(count, row, likely.value, np.nan), _laid(count, row, brings, np.nan)),
        _laid(count, row, state.ahead + np.floor(book.ledger.as_of), np.nan),
        _laid(count, row, np.ones(len(row)), 0.0) > 0,
    )


def _won_in(book: Book, span: Span) -> Floats:
    deals = book.ledger.deals
    closed = days(book.ledger, deals.closed[book.won])
    there = (closed >= span.start) & (closed <= span.end)
    return np.where(there, np.nan_to_num(deals.value[book.won]), 0.0)


def _steps(before: Side, after: Side, span: Span) -> tuple[Step, ...]:
    """Each deal's change goes to the first of the steps that fits; what is left is of deals to come."""
    change = after.won + after.open - before.won - before.open
    status = after.ledger.deals.status
    stays = before.known & after.known
    ended = before.known & ~after.known
    worth = np.where(stays, after.open * (1 - before.brings / np.where(after.brings > 0, after.brings, np.nan)), 0.0)
    moved = ~((before.value == after.value) | (np.isnan(before.value) & np.isnan(after.value)))
    worth = np.where(stays & moved, np.nan_to_num(worth), 0.0)
    later = stays & (after.expected > before.expected) & (change - worth < 0)
    was_won = (before.won != 0) & ~after.known
    parts = (
        ("won", np.where(ended & (status == Status.WON), change, 0.0)),
        ("lost", np.where(ended & (status != Status.WON), change, 0.0)),
        ("slipped", np.where(later, change - worth, 0.0)),
        ("added", np.where(~before.known & ~was_won, change, 0.0)),
        ("revalued", worth + np.where(was_won & ~before.known, change, 0.0)),
        ("chances", np.where(stays & ~later, change - worth, 0.0)),
    )
    steps = [Step(key, float(money.sum()), _behind(money)) for key, money in parts]  # type: ignore[arg-type]
    rest = after.whole - before.whole - sum(step.money for step in steps)
    return (*steps, Step("to_come", rest, NONE))


def _behind(money: Floats) -> Places:
    """The deals behind a step, the largest change first."""
    order = np.argsort(-np.abs(money), kind="stable")
    return order[np.abs(money)[order] >= CRUMB].astype(np.int32)


def _laid(count: int, row: Places, column: Floats, otherwise: float) -> Floats:
    found = np.full(count, otherwise)
    found[row] = column
    return found


def _rows(then: Ledger, now: Ledger, deals: Places) -> Places:
    """The rows of now's ledger of deals of then's. A deal of then is there now: a ledger forgets none."""
    order = np.argsort(now.deals.id)
    return order[np.searchsorted(now.deals.id[order], then.deals.id[deals])].astype(np.int32)
