"""Deals: who buys what for how much, and what became of it."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from leadline.imports.example.arrivals import DAY, Arrival, arrivals
from leadline.imports.example.customers import Market, Organization, Person
from leadline.imports.example.firm import COMPETITORS, LOST_REASONS, PRODUCTS, SELLERS, STEPS
from leadline.imports.example.journeys import Journey, skills, travel

AGAIN = 0.4  # of the deals that are no customer's: somebody who has been asked before
VALUE_UNKNOWN = {"won": 0.03, "open": 0.12, "lost": 0.3, "nurture": 0.3}
REASON_KNOWN = 0.6
FOREIGN = 0.06


@dataclass
class Deal:
    """A deal with all that its row in a file says."""

    number: int
    arrival: Arrival
    journey: Journey
    organization: Organization
    person: Person
    product: str
    revenue_type: str
    value: int | None
    foreign: bool
    expected: dt.date | None
    campaign: str
    lost_reason: str = ""
    competitor: str = ""

    @property
    def title(self) -> str:
        return f"{self.organization.name}: {self.product.split(',')[0].lower()}"


def deals(chance: random.Random, market: Market, now: dt.datetime) -> Iterator[Deal]:
    """All deals of two years in the order in which they began; the market learns who bought."""
    skill = {seller.name: skills(chance, seller) for seller in SELLERS}
    for number, arrival in enumerate(arrivals(chance, now), start=1):
        organization, revenue_type = _buyer(chance, market, arrival)
        journey = travel(chance, arrival, skill[arrival.seller.name], now)
        if journey.status == "won" and journey.closed:
            organization.won.append(journey.closed)
        yield _deal(chance, number, arrival, journey, organization, revenue_type)


def _buyer(chance: random.Random, market: Market, arrival: Arrival) -> tuple[Organization, str]:
    customer = market.customer(arrival.at) if arrival.stream.name == "Customer" else None
    if customer:
        return customer, chance.choices(("add_on", "renewal"), (3, 2))[0]
    if market.met and chance.random() < AGAIN:
        return chance.choice(market.met), "new"
    return market.stranger(arrival.at), "new"


def _deal(
    chance: random.Random,
    number: int,
    arrival: Arrival,
    journey: Journey,
    organization: Organization,
    revenue_type: str,
) -> Deal:
    name, _, price = chance.choice(PRODUCTS[:4] if revenue_type != "renewal" else PRODUCTS[4:6])
    unknown = chance.random() < VALUE_UNKNOWN[journey.status]
    deal = Deal(
        number,
        arrival,
        journey,
        organization,
        chance.choice(organization.people),
        name,
        revenue_type,
        None if unknown else _value(chance, price * arrival.stream.size),
        chance.random() < FOREIGN,
        _expected(chance, journey),
        chance.choice((*arrival.stream.campaigns, "")),
    )
    if journey.status == "lost" and chance.random() < REASON_KNOWN:
        late = journey.stage >= 3
        deal.lost_reason = chance.choices(LOST_REASONS, (5, 5, 2, 2, 1, 1) if late else (1, 1, 3, 4, 4, 3))[0]
        deal.competitor = chance.choice(COMPETITORS) if deal.lost_reason in ("Price", "Competitor") else ""
    return deal


def _value(chance: random.Random, price: float) -> int:
    """Some meters or very many: heavy-tailed, rounded as people round."""
    value = price * chance.lognormvariate(math.log(8), 0.95)
    step = int(10 ** max(1, int(math.log10(value)) - 1))
    return max(step, round(value / step) * step)


def _expected(chance: random.Random, journey: Journey) -> dt.date | None:
    """What the seller believes: a quarter of the open dates have passed already and nobody moved them."""
    if journey.status != "open" and journey.closed:
        return (journey.closed + chance.randint(-12, 9) * DAY).date()
    stage, entered = journey.visits[-1]
    if stage < 2 and chance.random() < 0.5:
        return None
    ahead = sum(step.days_on for step in STEPS[stage:]) * chance.uniform(0.7, 1.6)
    return (entered + ahead * DAY).date()
