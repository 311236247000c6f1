"""Organizations and the people in them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from leadline.imports.example.words import FIRST_NAMES, JOBS, KINDS, LAST_NAMES, PLACES, STREETS


@dataclass
class Person:
    """Somebody on the buyer's side."""

    name: str
    email: str
    phone: str
    job: str


@dataclass
class Organization:
    """A customer, or one who may become it. `won` are the moments at which it bought."""

    name: str
    domain: str
    industry: str
    building: str
    address: str
    since: dt.datetime
    people: list[Person] = field(default_factory=list)
    won: list[dt.datetime] = field(default_factory=list)


class Market:
    """All organizations there are, met one after another; no name twice."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.met: list[Organization] = []
        self._names = [(place, kind) for place in PLACES for kind in KINDS]
        chance.shuffle(self._names)
        self._called: set[str] = set()

    def stranger(self, moment: dt.datetime) -> Organization:
        """An organization that has not been spoken with; raises IndexError when all have been."""
        place, (kind, industry, building) = self._names.pop()
        name = f"{place} {kind}"
        domain = "" if self.chance.random() < 0.04 else name.lower().replace(" ", "-") + ".example"
        address = f"{self.chance.choice(STREETS)} {self.chance.randint(1, 90)}"
        organization = Organization(name, domain, industry, building, address, moment)
        for _ in range(self.chance.choices((1, 2, 3), (6, 3, 1))[0]):
            organization.people.append(self._person(domain))
        self.met.append(organization)
        return organization

    def customer(self, moment: dt.datetime) -> Organization | None:
        """One that had bought by then; None where nobody had."""
        bought = [organization for organization in self.met if any(won < moment for won in organization.won)]
        return self.chance.choice(bought) if bought else None

    def _person(self, domain: str) -> Person:
        name = f"{self.chance.choice(FIRST_NAMES)} {self.chance.choice(LAST_NAMES)}"
        while name in self._called:
            name = f"{self.chance.choice(FIRST_NAMES)} {self.chance.choice(LAST_NAMES)}"
        self._called.add(name)
        known = domain and self.chance.random() > 0.07  # dirt: some are known by telephone only
        email = f"{name.lower().replace(' ', '.')}@{domain}" if known else ""
        phone = f"+1 555 {self.chance.randint(100, 999)} {self.chance.randint(1000, 9999)}"
        return Person(name, email, phone if self.chance.random() < 0.7 else "", self.chance.choice(JOBS))
