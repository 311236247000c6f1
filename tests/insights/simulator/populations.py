"""Whole companies as plain columns, for tests of the population engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np

from leadline.insights.simulator.company import Activities, Deals, Edits, Leads, Pushes, Visits
from leadline.insights.simulator.population import Simulation, simulate

UNTIL = dt.date(2026, 11, 22)
SURE = 4.2  # standard errors: beyond that, once in some 40,000 comparisons


@dataclass(frozen=True)
class Population:
    """All batches of a simulation, one table behind another; `lead` and `deal` are places in the whole tables."""

    simulation: Simulation
    leads: Leads
    deals: Deals
    visits: Visits
    pushes: Pushes
    edits: Edits
    activities: Activities

    @property
    def truth(self) -> Any:
        return self.simulation.company.truth


@cache
def population(scenario: str = "healthy", seed: int = 1, sellers: int = 10, deals: int = 5000) -> Population:
    simulation = simulate(scenario, seed=seed, sellers=sellers, deals=deals, until=UNTIL)
    batches = list(simulation.batches())
    assert len(batches) == 1, "a company small enough for one batch"
    one = batches[0]
    return Population(simulation, one.leads, one.deals, one.visits, one.pushes, one.edits, one.activities)


def stacked(populations: list[Population], table: str, column: str) -> Any:
    return np.concatenate([getattr(getattr(one, table), column) for one in populations])


def assert_share(hits: Any, wanted: float, about: str, slack: float = 0.0) -> None:
    """The share of hits is as wanted, within sampling error (and `slack`)."""
    hits = np.asarray(hits)
    error = SURE * np.sqrt(wanted * (1 - wanted) / len(hits)) + slack
    assert abs(hits.mean() - wanted) < error, f"{about}: {hits.mean():.4f} of {len(hits)}, wanted {wanted:.4f}"


def same(one: Any, other: Any) -> bool:
    """Whether two tables are equal to the bit."""
    return all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name), equal_nan=True) for field in fields(one)
    )


def first_moves(visits: Visits) -> Any:
    """Whether each row of the visits is the creation of its deal."""
    first = np.zeros(len(visits.stage), bool)
    first[visits.offsets[:-1]] = True
    return first
