"""One distribution of the future, before correction: model, draws, and the days on which they fall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.forecast.answer import Cannot, Span
from leadline.insights.forecast.chances import Chances, chances
from leadline.insights.forecast.days import WEEK, days, quarter_ends, spans, today, weeks_needed
from leadline.insights.forecast.events import Events, events
from leadline.insights.forecast.rows import CASES
from leadline.insights.forecast.sizes import Sizes, sizes
from leadline.insights.forecast.standing import Book
from leadline.insights.ledger.freshness import ended
from leadline.insights.ledger.ledger import Floats, Ledger, Status

DRAWS = 1_000
EFFECTS = 40  # draws of what is uncertain about the chances; each serves several draws of luck
CLOSED, WON, WEEKS, AMOUNTS = 10, 5, 8, 3  # the least there must be


@dataclass(frozen=True)
class Drawn:
    """What was drawn for a ledger; `day` is that of each event."""

    book: Book
    spans: tuple[Span, ...]
    chances: Chances
    sizes: Sizes
    events: Events
    day: Floats


def cannot(ledger: Ledger) -> Cannot | None:
    """Why there is nothing to draw from; None where there is enough."""
    deals = ledger.deals
    won = deals.status == Status.WON
    closed = int((won | (deals.status == Status.LOST)).sum())
    weeks = (ledger.as_of - ledger.start) / WEEK
    amounts = int((deals.value[won] > 0).sum())
    if not len(deals):
        return Cannot("no_deals", CLOSED)
    if closed < CLOSED:
        return Cannot("few_closed", CLOSED - closed)
    if won.sum() < WON:
        return Cannot("none_won", WON - int(won.sum()))
    last = ended(ledger)
    if last is not None:
        return Cannot("ended", int(days(ledger, np.array([last]))[0]))
    if not weeks >= WEEKS:
        return Cannot("short_history", int(np.ceil(WEEKS - weeks)))
    if len(np.unique(days(ledger, deals.closed[np.isin(deals.status, (Status.WON, Status.LOST))]))) == 1:
        return Cannot("one_day")
    return Cannot("no_amounts", AMOUNTS - amounts) if amounts < AMOUNTS else None


def drawn(ledger: Ledger, weeks: int, draws: int = DRAWS, effects: int = EFFECTS, cases: int = CASES) -> Drawn:
    """For a ledger of which `cannot` says nothing. The same ledger gives the same draws."""
    book, rng = Book(ledger), generator(ledger)
    ahead = weeks_needed(ledger, weeks)
    likely = chances(book, ahead, quarter_ends(ledger), effects, rng, cases)
    worth = sizes(book, rng)
    found = events(book, likely, worth, draws, rng)
    first = today(ledger) + WEEK * (found.week.astype(np.float64) - 1)
    return Drawn(book, spans(ledger, weeks), likely, worth, found, first + _weekday(book, len(found), rng))


def is_sound(found: Drawn) -> bool:
    """Whether all that is drawn is a number."""
    numbers = (found.events.money, found.chances.won, found.chances.lost)
    return all(bool(np.isfinite(each).all()) for each in numbers)


def generator(ledger: Ledger) -> np.random.Generator:
    """Seeded by the day and what the ledger holds."""
    money = int(np.nansum(ledger.deals.value)) % 2**31
    return np.random.default_rng([today(ledger) % 2**31, len(ledger.deals), len(ledger.visits), money])


def _weekday(book: Book, count: int, rng: np.random.Generator) -> Floats:
    """Days into a week that begins today, by the weekdays on which deals have been won."""
    closed = days(book.ledger, book.ledger.deals.closed[book.won]) - today(book.ledger)
    share = np.bincount((closed % WEEK).astype(np.int64), minlength=WEEK) + 0.5
    return rng.choice(WEEK, count, p=share / share.sum()).astype(np.float64)
