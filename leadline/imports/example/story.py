"""Two years of the example company, made up from a seed."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from leadline.imports.example.customers import Market
from leadline.imports.example.deals import Deal, deals
from leadline.imports.example.leads import Lead, leads
from leadline.imports.example.work import Activity, work

SEED = 1912


@dataclass
class Story:
    """Everything that happened until the morning of `now` (UTC)."""

    now: dt.datetime
    market: Market
    deals: list[Deal]
    activities: list[Activity]
    leads: list[Lead]


def story(today: dt.date, seed: int = SEED) -> Story:
    """The same company for the same day and seed, to the letter."""
    chance = random.Random(seed)
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    market = Market(chance)
    found = list(deals(chance, market, now))
    return Story(now, market, found, list(work(chance, found, now)), list(leads(chance, market, found, now)))
