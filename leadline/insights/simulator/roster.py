"""Who gets what comes in: week by week, by capacity, presence and how far the newcomers are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.company import Floats, Part, Places
from leadline.insights.simulator.forces import Forces
from leadline.insights.simulator.parameters import LEADERS_OWN, RAMP_START
from leadline.insights.simulator.span import Span
from leadline.insights.simulator.staff import Staff, ramped


@dataclass(frozen=True)
class Roster:
    """Running shares (weeks, people) for each kind of work; those of the closers for the weakest source apart."""

    span: Span
    closers: Floats
    weakest: Floats
    managers: Floats
    inbound: Floats
    outbound: Floats

    def pick(self, shares: Floats, day: Floats, chance: Floats) -> Places:
        """A person for each day, by `chance` in [0, 1)."""
        weeks, people = shares.shape
        week = self.span.weeks(day)
        place = np.searchsorted((shares + np.arange(weeks)[:, None]).ravel(), week + chance, side="right")
        found: Places = np.minimum(place - week * people, people - 1).astype(np.int16)
        return found


def rostered(staff: Staff, span: Span, forces: Forces) -> Roster:
    """Everybody's share; work of a part that nobody has falls to the closers."""
    weeks: Floats = 7.0 * np.arange((span.days + 6) // 7, dtype=np.float64)
    productive = np.sqrt(ramped(staff, weeks, RAMP_START)) * staff.weight
    selling = np.where(staff.part == Part.CLOSER, 1.0, np.where(staff.part == Part.LEADER, LEADERS_OWN, 0.0))
    closers = _shares(productive * selling)

    def of(part: Part) -> Floats:
        return _shares(productive * (staff.part == part)) if (staff.part == part).any() else closers

    others, weakest = _mixed(closers, staff.subject, forces)
    return Roster(
        span,
        *(
            np.cumsum(one, axis=1)
            for one in (others, weakest, *map(of, (Part.ACCOUNT_MANAGER, Part.INBOUND, Part.OUTBOUND)))
        ),
    )


def _shares(weights: Floats) -> Floats:
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _mixed(closers: Floats, subject: int, forces: Forces) -> tuple[Floats, Floats]:
    """(shares of deals of other sources, shares of deals of the weakest): the subject's fair share, otherwise mixed."""
    if forces.mix is None:
        return closers, closers
    fair = closers[:, [subject]]
    found = []
    for own, team in ((1 - forces.mix, 1 - forces.mix_team), (forces.mix, forces.mix_team)):
        wanted = np.minimum(0.98, fair * own / team)
        scaled = closers * (1 - wanted) / (1 - fair)
        scaled[:, [subject]] = wanted
        found.append(scaled)
    return found[0], found[1]
