"""Leads of the last half year: those that became deals, those that did not, and those still to be worked."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from leadline.imports.example.arrivals import DAY, in_office, weekday
from leadline.imports.example.customers import Market, Organization
from leadline.imports.example.deals import Deal
from leadline.imports.example.firm import SELLERS, STREAMS, Seller, Stream

STRANGERS = 160
RECENT = 180  # days


@dataclass
class Lead:
    """Somebody who may become a deal, or has: then `deal` is what it became."""

    number: int
    organization: Organization
    stream: Stream
    seller: Seller
    created: dt.datetime
    stage: str
    status: str = "open"
    closed: dt.datetime | None = None
    deal: Deal | None = None


def leads(chance: random.Random, market: Market, deals: list[Deal], now: dt.datetime) -> Iterator[Lead]:
    """Numbered from 1, in the order in which they came."""
    found = [*_converted(chance, deals, now), *_others(chance, market, now)]
    for number, lead in enumerate(sorted(found, key=lambda lead: lead.created), start=1):
        lead.number = number
        yield lead


def _converted(chance: random.Random, deals: list[Deal], now: dt.datetime) -> Iterator[Lead]:
    for deal in deals:
        if deal.revenue_type == "new" and now - deal.arrival.at < RECENT * DAY and chance.random() < 0.35:
            one = deal.arrival
            created = one.at - chance.uniform(0.1, 6) * DAY
            yield Lead(0, deal.organization, one.stream, one.seller, created, "sal", "converted", one.at, deal)


def _others(chance: random.Random, market: Market, now: dt.datetime) -> Iterator[Lead]:
    here = [seller for seller in SELLERS if seller.left_months_ago is None and seller.role == "seller"]
    for _ in range(STRANGERS):
        created = weekday(in_office(chance, now - chance.uniform(3, RECENT) * DAY))
        stage = chance.choices(("target", "mql", "sql"), (5, 4, 2))[0]
        lead = Lead(0, market.stranger(created), chance.choice(STREAMS[:5]), chance.choice(here), created, stage)
        closed = created + chance.uniform(2, 40) * DAY
        if closed < now and chance.random() < 0.6:
            lead.status, lead.closed = "discarded", closed
        yield lead
