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
        return replace(company, currencies=tuple(self._renamed(one, swapped) for one in company.currencies))

    def _renamed(self, one: Currency, swapped: dict[str, str]) -> Currency:
        """Two that change places are worth to each other what they were: 1 USD at 0.92 EUR makes 1 EUR 1.087 USD."""
        told = self.simulation.company.currencies
        worth = {currency.code: currency.rate for currency in told}
        code, base = swapped.get(one.code, one.code), worth.get(self.code, 1.0)
        return Currency(code, 1.0 if code == self.code else round(worth.get(code, one.rate) / base, 4))

    def batches(self) -> Iterator[Batch]:
        return self.simulation.batches()
