"""The names of a company's own people, stages, sources and reasons: what its numbers are called in files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.columns import Flags, Whole, picked
from leadline.insights.simulator.company import NOBODY, Company
from leadline.insights.simulator.naming import staff_names
from leadline.insights.simulator.words import firm


@dataclass(frozen=True)
class Cast:
    """A company with all it calls by name. With `renewals` they stand in a pipeline of their own."""

    company: Company
    people: tuple[str, ...]
    teams: tuple[str, ...]
    sources: tuple[str, ...]
    campaigns: tuple[tuple[str, ...], ...]  # by source
    lost_reasons: tuple[str, ...]
    renewals: bool = False

    @property
    def seed(self) -> int:
        return self.company.seed

    def email(self, person: int) -> str:
        """Where a colleague is written to, and known by."""
        return self.people[person].lower().replace(" ", ".").replace("..", ".") + "@" + firm.DOMAIN

    def emails(self, people: Whole) -> Any:
        """The same of many; null for nobody."""
        return picked([self.email(person) for person in range(len(self.people))], *_somebody(people))

    def source_names(self, sources: Whole) -> Any:
        """What sources are called; null for none."""
        return picked(self.sources, *_somebody(sources))

    def campaign_names(self, sources: Whole, campaigns: Whole) -> Any:
        """What campaigns are called, each within its source; null for none."""
        first = np.cumsum([0, *(len(names) for names in self.campaigns)])
        empty = (sources == NOBODY) | (campaigns == NOBODY)
        places = first[np.where(empty, 0, sources)] + np.where(empty, 0, campaigns)
        words = [name for names in self.campaigns for name in names]
        return picked(words, places, empty) if words else pa.nulls(len(places), pa.string())


def cast_of(company: Company, renewals: bool = False) -> Cast:
    """The company with its names; the same for the same company."""
    return Cast(
        company,
        tuple(staff_names([int(part) for part in company.people.part])),
        tuple(_named(firm.TEAMS, place, "Team") for place in range(company.teams)),
        tuple(source.name for source in company.sources),
        tuple(
            tuple(_named(firm.CAMPAIGNS.get(source.name, ()), place, source.name) for place in range(source.campaigns))
            for source in company.sources
        ),
        tuple(_named(firm.LOST_REASONS, place, "Reason") for place in range(company.lost_reasons)),
        renewals,
    )


def _named(words: tuple[str, ...], place: int, otherwise: str) -> str:
    return words[place] if place < len(words) else f"{otherwise} {place + 1}"


def _somebody(places: Whole) -> tuple[Whole, Flags]:
    empty = places == NOBODY
    return np.where(empty, 0, places), empty
