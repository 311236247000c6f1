"""How deals travel: in each stage advancing, being lost, being parked and stalling compete.

The competition has the mixture form of competing risks (Larson and Dinse, "A mixture model for the regression analysis
of competing risks data", Applied Statistics 34, 1985): first which of them comes, by a logistic model, then when,
log-normal given which. So the share that advances is a parameter, and hazards fall with time in the stage, as real
ones do.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from scipy.special import expit, logit

from leadline.insights.simulator.company import STAGES, Flags, Floats, Places, Status
from leadline.insights.simulator.draws import Draws
from leadline.insights.simulator.parameters import (
    AGE_ON_STAGE,
    CONVERSION,
    DAYS_ON,
    LOST_SLOWER,
    PARKED,
    PARKED_SLOWER,
    RAMP_START,
    SIZE_ON_STAGE,
    STALLED,
    STALLED_DAYS,
    STAY_SPREAD,
)
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.span import MONTH, NOT_YET

CARRIED, CARRIED_TO_THE_END = 0.3, 0.0  # chances of unqualified deals to advance once more; they are never won


@dataclass(frozen=True)
class Setting:
    """What a deal begins with: one row each."""

    begun: Floats  # days since the start
    stage: Places
    owner: Places
    successor: Places
    handed: Floats  # when the successor takes over, NOT_YET: never
    lift: Floats  # on the logit: source, kind of money, fit
    size: Floats  # standardised

    def __getitem__(self, rows: Any) -> Self:
        return type(self)(*(getattr(self, one.name)[rows] for one in fields(self)))


@dataclass
class Journeys:
    """The whole way, of the future too: `entered` and `left` (n, K) are NOT_YET for stages never seen."""

    entered: Floats
    left: Floats
    chance: Floats  # (n, K): of advancing, as the deal entered the stage; NaN where it did not
    status: Places
    closed: Floats
    unqualified: Flags


def travelled(plan: Plan, setting: Setting, draws: Draws, settling: Floats | None = None) -> Journeys:
    """All deals from their first stage to their end.

    `settling` (K,), if given, is filled with the intercepts at which the mean chance of each stage is its CONVERSION.
    """
    count = len(setting.begun)
    never = np.full((count, STAGES), NOT_YET)
    found = Journeys(
        *(never, never.copy(), np.full((count, STAGES), np.nan)),
        np.full(count, Status.LOST, np.int16),
        *(np.full(count, NOT_YET), np.zeros(count, bool)),
    )
    arrived = setting.begun.copy()
    going = np.zeros(count, bool)
    for stage in range(STAGES):
        rows = np.flatnonzero(going | (setting.stage == stage))
        going[:] = False
        if len(rows):
            found.entered[rows, stage] = arrived[rows]
            advanced = _stood(plan, setting[rows], draws[rows], found, rows, stage, settling)
            arrived[rows] = found.left[rows, stage]
            going[rows[advanced]] = True
    won = np.flatnonzero(going)
    found.status[won], found.closed[won] = Status.WON, arrived[won]
    return found


def _stood(
    plan: Plan, setting: Setting, draws: Draws, found: Journeys, rows: Any, stage: int, settling: Floats | None
) -> Flags:
    """One stage of the deals in these rows: who advances."""
    entered = found.entered[rows, stage]
    owner = np.where(entered < setting.handed, setting.owner, setting.successor)
    base = _odds(plan, setting, entered, owner, stage)
    if settling is not None:
        settling[stage] = _settled(base, CONVERSION[stage])
    chance, carried = _chances(
        plan, base + (plan.intercept if settling is None else settling)[stage], entered, owner, stage
    )
    doomed = found.unqualified[rows]
    chance = np.where(doomed, CARRIED if stage < STAGES - 1 else CARRIED_TO_THE_END, chance)
    lot = draws.advance[:, stage]
    found.unqualified[rows] |= ~doomed & (lot >= chance) & (lot < carried)
    advanced = lot < np.where(doomed, chance, np.maximum(chance, carried))
    parked = ~advanced & (draws.fate[:, stage] < PARKED)
    stalled = ~advanced & ~parked & (draws.fate[:, stage] < PARKED + STALLED)
    left = _left(plan, draws, entered, stage, np.select([advanced, parked], [1.0, PARKED_SLOWER], LOST_SLOWER), stalled)
    found.chance[rows, stage], found.left[rows, stage] = chance, left
    ended = rows[~advanced]
    found.closed[ended], found.status[rows[parked]] = left[~advanced], Status.NURTURE
    return advanced


def _odds(plan: Plan, setting: Setting, entered: Floats, owner: Places, stage: int) -> Floats:
    """The logit of advancing but for the stage's own intercept; newcomers are worse until they are ramped up."""
    staff = plan.staff
    months = (entered - staff.hired[owner]) / MONTH / staff.ramp[owner]
    productive = np.clip(RAMP_START + (1 - RAMP_START) * months, RAMP_START, 1.0)
    age = np.log1p((entered - setting.begun) / 30)
    skilled = staff.skill[owner, stage] + 0.25 * np.log(productive)
    return np.asarray(setting.lift + skilled + SIZE_ON_STAGE * setting.size + AGE_ON_STAGE * age)


def _chances(plan: Plan, odds: Floats, entered: Floats, owner: Places, stage: int) -> tuple[Floats, Floats]:
    """(chance to advance, chance with those that are only carried along); the latter is 0 without such a fault."""
    forces, since = plan.forces, plan.since(entered)
    subjects = since & (owner == plan.staff.subject)
    factor = np.where(since, forces.conversion[stage], 1.0) * np.where(subjects, forces.subject_conversion[stage], 1.0)
    more = forces.subject_odds[stage]
    carried = np.where(subjects, expit(odds + np.log(more)), 0.0) if more > 1 else np.zeros(len(odds))
    return expit(odds) * factor, carried


def _left(plan: Plan, draws: Draws, entered: Floats, stage: int, slower: Floats, stalled: Flags) -> Floats:
    """When the stage is left: in working hours, a few minutes after it was entered at the least."""
    median = np.where(stalled, STALLED_DAYS, DAYS_ON[stage] * slower)
    median = median * np.where(plan.since(entered), plan.forces.time[stage], 1.0)
    stay = median * np.exp(STAY_SPREAD * draws.stay[:, stage])
    left = plan.span.in_office(entered + stay, draws.hour[:, stage])
    return np.maximum(left, entered + (3 + 60 * draws.hour[:, stage]) / 1440)


def _settled(base: Floats, wanted: float) -> float:
    """The intercept at which the mean of expit(base + intercept) is as wanted, by Newton's method."""
    found = float(logit(wanted))
    for _ in range(8):
        chance = expit(base + found)
        found += (wanted - float(chance.mean())) / max(1e-9, float((chance * (1 - chance)).mean()))
    return found
