"""Which simulated company is the example: Brightwater, sixteen who sell, two years that end today.

What is planted for the reader to find: for half a year fewer meetings have become proposals, with everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from leadline.insights.simulator.company import Batch, Company, Currency
from leadline.insights.simulator.files.writing import Simulated
from leadline.insights.simulator.population import simulate

SCENARIO, SEED = "leaky_stage", 1907
SELLERS, DEALS, MONTHS = 16, 1900, 24


def example(today: dt.date) -> Simulated:
    """The same company for the same day, to the letter."""
    return simulate(SCENARIO, seed=SEED, sellers=SELLERS, deals=DEALS, months=MONTHS, until=today)


@dataclass(frozen=True)
class Renamed:
    """A simulated company that reckons in another currency: what it called its base is called `code`."""

    simulation: Simulated
    code: str

    @property
    def company(self) -> Company:
        company = self.simulation.company
        base = company.currencies[0].code
        swapped = {base: self.code, self.code: base}
        currencies = tuple(Currency(swapped.get(one.code, one.code), one.rate) for one in company.currencies)
        return replace(company, currencies=currencies)

    def batches(self) -> Iterator[Batch]:
        return self.simulation.batches()
