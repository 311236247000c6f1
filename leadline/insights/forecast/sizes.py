"""What deals bring when they are won: re-valued, filled in at last, or without an amount to the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.forecast.standing import Book, standing
from leadline.insights.ledger.ledger import Floats, Places

LATELY = 400.0  # days of wins that count, where there are enough
ENOUGH = 60
MOST = 4_000
LARGEST = 10.0  # times the value before: more is an amount mended, not a deal that grew
GIANT = 4.0
SHRINK = 0.4  # how many standard deviations of the logarithm a value is blurred by, over the fifth root of how many


@dataclass(frozen=True)
class Sizes:
    """`factors`: money when won over value before; `late`: money of those that had no value before; `wins`: of all."""

    factors: Floats
    late: Floats
    wins: Places  # rows of the ledger's deals, the pool for deals to come
    money: Floats  # of those; 0: no amount
    blur: float


def sizes(book: Book, rng: np.random.Generator) -> Sizes:
    """From the won deals, each looked at once at a time of its life when it was open."""
    deals = book.ledger.deals
    won = book.won
    recent = won[deals.closed[won] > book.ledger.as_of - LATELY]
    won = (recent if len(recent) >= ENOUGH else won)[-MOST:]
    money = _without_giant(np.nan_to_num(deals.value[won]))
    at = deals.created[won] + rng.random(len(won)) * (deals.closed[won] - deals.created[won])
    open_once = deals.closed[won] - deals.created[won] > 1.0
    then = standing(book, won, at).value
    had = open_once & (then > 0)
    factors = np.minimum(money[had] / then[had], LARGEST)
    late = money[open_once & ~(then > 0)]
    known = money[money > 0]
    blur = SHRINK * float(np.log(known).std()) / len(known) ** 0.2 if len(known) > 1 else 0.0
    return Sizes(
        factors if len(factors) >= 5 else np.ones(1),
        late if len(late) >= 10 else (money if len(money) else np.zeros(1)),
        won,
        money,
        blur,
    )


def _without_giant(money: Floats) -> Floats:
    """One deal far beyond all others tells nothing of how often such a one comes: it counts as GIANT times the next."""
    if len(money) < 2:
        return money
    second = float(np.partition(money, -2)[-2])
    return np.minimum(money, GIANT * second) if second > 0 else money


def brought(found: Sizes, value: Floats, rng: np.random.Generator) -> Floats:
    """Draws of what deals of these values (NaN: none) bring when won."""
    factor = rng.choice(found.factors, len(value))
    without = rng.choice(found.late, len(value))
    return np.where(value > 0, np.nan_to_num(value) * factor, without)


def expected(found: Sizes, value: Floats) -> Floats:
    """The mean of `brought`."""
    return np.asarray(np.where(value > 0, np.nan_to_num(value) * found.factors.mean(), found.late.mean()))
