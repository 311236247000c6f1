"""The work on deals: activities done with their outcomes, and the next ones planned."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from leadline.imports.example.arrivals import DAY, in_office, poisson, weekday
from leadline.imports.example.deals import Deal
from leadline.imports.example.words import NOTES, OUTCOMES

# By stage: how many activities a fortnight takes, and of which kinds.
WORK = (
    (2.6, ("E-mail", "Call", "Call")),
    (2.8, ("Call", "Call", "E-mail")),
    (2.2, ("Meeting", "Demo", "E-mail", "Call")),
    (1.8, ("Call", "E-mail", "Meeting", "Site visit")),
    (1.9, ("Call", "E-mail", "Meeting")),
)
MINUTES = {
    "Call": (3, 25),
    "E-mail": (4, 12),
    "Meeting": (30, 75),
    "Demo": (40, 60),
    "Site visit": (60, 150),
    "Task": (5, 30),
}
NEVER_TOUCHED = 0.05
ATTENTION = 21.0  # days after which a deal that does not move is let lie
PLANNED = 0.68  # of the open deals that are looked after; the rest have no next activity
NEXT = {0: "Call", 1: "Call", 2: "Meeting", 3: "Call", 4: "Task"}
SUBJECTS = {
    "Call": "Call {person}",
    "E-mail": "Write to {person}",
    "Meeting": "Meet {person}",
    "Demo": "Show {product}",
    "Site visit": "Count taps at {organization}",
    "Task": "Prepare the order of {organization}",
}


@dataclass
class Activity:
    """An activity on a deal; done when `done` is set."""

    number: int
    kind: str
    deal: Deal
    due: dt.datetime
    done: dt.datetime | None = None
    minutes: int | None = None
    outcome: str = ""
    note: str = ""

    @property
    def subject(self) -> str:
        deal = self.deal
        return SUBJECTS[self.kind].format(
            person=deal.person.name, product=deal.product.split(",")[0].lower(), organization=deal.organization.name
        )


def work(chance: random.Random, deals: list[Deal], now: dt.datetime) -> Iterator[Activity]:
    """Every activity, deal by deal, numbered from 1."""
    number = 0
    for deal in deals:
        for activity in _on(chance, deal, now):
            number += 1
            activity.number = number
            yield activity


def _on(chance: random.Random, deal: Deal, now: dt.datetime) -> Iterator[Activity]:
    if chance.random() < NEVER_TOUCHED:
        return
    here = deal.arrival.seller.there_until(now)
    ends = [entered for _, entered in deal.journey.visits[1:]] + [deal.journey.closed or here]
    for (stage, entered), left in zip(deal.journey.visits, ends, strict=True):
        days = min((left - entered) / DAY, ATTENTION)
        per_fortnight, kinds = WORK[stage]
        for _ in range(poisson(chance, per_fortnight * (0.35 + days / 14))):
            done = weekday(in_office(chance, entered + days * chance.random() * DAY))
            if entered <= done < now:
                yield _done(chance, deal, chance.choice(kinds), done)
    if deal.journey.status == "open" and here == now and chance.random() < PLANNED:
        due = weekday(in_office(chance, now + chance.triangular(-6, 16, 2) * DAY))
        yield Activity(0, NEXT[deal.journey.stage], deal, due)


def _done(chance: random.Random, deal: Deal, kind: str, done: dt.datetime) -> Activity:
    due = done - chance.choice((0, 0, 0, 1, 2, 5)) * DAY
    outcome = chance.choice(OUTCOMES[kind]) if chance.random() < 0.85 else ""
    note = chance.choice(NOTES) if chance.random() < 0.06 else ""
    return Activity(0, kind, deal, due, done, chance.randint(*MINUTES[kind]), outcome, note)
