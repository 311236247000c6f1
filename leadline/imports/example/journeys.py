"""How a deal travels: which stages it stands in, for how long, and how it ends."""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import dataclass, field

from leadline.imports.example.arrivals import DAY, Arrival, in_office, weekday
from leadline.imports.example.firm import PROPOSAL, PROPOSALS_LIFT, PROPOSALS_SINCE, STEPS, Seller

CREATED_IN = (0.55, 0.3, 0.12, 0.03)  # by stage: many deals are written down only when they are under way
SKIPS, GOES_BACK, PARKED, SAME_DAY = 0.025, 0.05, 0.06, 0.06
SPREAD = 0.75  # of the logarithm of days in a stage: heavy tails


@dataclass
class Journey:
    """What happened to a deal: (stage, entered) in order; status open, won, lost or nurture; when it closed."""

    visits: list[tuple[int, dt.datetime]]
    status: str = "open"
    closed: dt.datetime | None = None
    odds: float = 1.0  # what made it easier (above 1) or harder, for its size and its story
    skill: dict[int, float] = field(default_factory=dict)

    @property
    def stage(self) -> int:
        """Where it stands, or stood when it closed."""
        return self.visits[-1][0]


def travel(chance: random.Random, arrival: Arrival, skill: dict[int, float], now: dt.datetime) -> Journey:
    """A deal from its beginning to its end, to `now`, or until its seller left: nobody took it over.

    `skill` is the seller's own factor on the odds, by stage.
    """
    journey = Journey([(chance.choices(range(len(CREATED_IN)), CREATED_IN)[0], arrival.at)], skill=skill)
    quick = 0.01 if chance.random() < SAME_DAY else 1.0
    while journey.status == "open":
        stage, entered = journey.visits[-1]
        on = chance.random() < _conversion(arrival, journey, now)
        step = STEPS[stage]
        median = quick * arrival.seller.pace * (step.days_on if on else step.days_lost)
        left = weekday(in_office(chance, entered + chance.lognormvariate(math.log(median), SPREAD) * DAY))
        left = max(left, entered + dt.timedelta(minutes=chance.randint(2, 90)))
        if left >= arrival.seller.there_until(now):
            break
        _leave(chance, journey, on, left)
    if chance.random() < arrival.seller.catches_up:
        _click_late(chance, journey, now)
    return journey


def _leave(chance: random.Random, journey: Journey, on: bool, left: dt.datetime) -> None:
    """One step on, further, or back; or the end."""
    stage = journey.stage
    if not on and stage > 0 and chance.random() < GOES_BACK:
        journey.visits.append((stage - 1, left))
    elif not on:
        journey.status = "nurture" if chance.random() < PARKED else "lost"
        journey.closed = left
    elif stage + 1 == len(STEPS):
        journey.status, journey.closed = "won", left
    else:
        further = chance.random() < SKIPS and stage + 2 < len(STEPS)
        journey.visits.append((stage + 1 + further, left))


def _conversion(arrival: Arrival, journey: Journey, now: dt.datetime) -> float:
    stage, entered = journey.visits[-1]
    odds = STEPS[stage].conversion / (1 - STEPS[stage].conversion)
    odds *= math.sqrt(arrival.stream.lift) * arrival.seller.lift.get(stage, 1.0) * journey.skill.get(stage, 1.0)
    if stage == PROPOSAL and now - entered < dt.timedelta(days=PROPOSALS_SINCE):
        odds *= PROPOSALS_LIFT
    return odds / (1 + odds)


def _click_late(chance: random.Random, journey: Journey, now: dt.datetime) -> None:
    """All later moves recorded in one go, within minutes, when the last of them was."""
    last = journey.closed or journey.visits[-1][1]
    first, *later = journey.visits
    clicks = [last - dt.timedelta(seconds=40 * (len(later) - n) + chance.randint(0, 30)) for n in range(len(later))]
    journey.visits = [first, *((stage, max(click, first[1])) for (stage, _), click in zip(later, clicks, strict=True))]


def skills(chance: random.Random, seller: Seller) -> dict[int, float]:
    """Ordinary differences between people: a factor on the odds of each stage (standard deviation 0.15 of its log)."""
    return {stage: math.exp(chance.gauss(0, 0.15)) for stage in range(len(STEPS))}
