"""What every block of a simulation is made by."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.insights.simulator.company import Flags, Floats, Numbers
from leadline.insights.simulator.forces import Forces
from leadline.insights.simulator.roster import Roster
from leadline.insights.simulator.span import Span
from leadline.insights.simulator.staff import Staff


@dataclass(frozen=True)
class Whale:
    """The one large deal, and the most that others of the trailing year may be worth (base currency)."""

    key: int
    value: float
    others: float
    since: float  # days since the start


@dataclass(frozen=True)
class Plan:
    """The company inside the engine. S sources, K stages, D days, W weeks."""

    seed: int
    span: Span
    forces: Forces
    staff: Staff
    roster: Roster
    lead_intercept: Floats  # (S,), logit of becoming a deal
    intercept: Floats  # (K,), logit of advancing
    counts: Numbers  # (D, S): leads that arrive, before a fault takes some away
    overload: Floats  # (W,): 1, or how many times more leads came than the people can take
    whale: Whale | None = None
    carries: float = 0.0  # of the deals of the first team: which share, by their lot, its leader takes

    def since(self, day: Floats) -> Flags:
        """Whether the fault works at these times."""
        return day >= self.forces.begins
