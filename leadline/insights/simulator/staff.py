"""Who works here, since when, how well and how much."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.chance import COMPANY, Purpose, chance
from leadline.insights.simulator.company import STAGES, Flags, Floats, Part, Places
from leadline.insights.simulator.parameters import CAPACITY_SPREAD, RAMP_MONTHS, SKILL_SPREAD
from leadline.insights.simulator.span import MONTH, NOT_YET, Span

OF_A_TEAM = 10  # people with a quota
NEWCOMERS = 0.2  # of closers: hired in the last year; as many in the year before
YEAR = 365.25


@dataclass(frozen=True)
class Staff:
    """One row per person, times in days since the start; `subject` is who a fault of one person befalls."""

    part: Places
    team: Places
    hired: Floats
    left: Floats  # NOT_YET: still here
    weight: Floats  # how much this person takes beside others of the same part
    skill: Floats  # (P, K), added to the logit of advancing
    ramp: Floats  # months until fully productive
    newcomer: Flags  # hired in the last year
    subject: int

    def __len__(self) -> int:
        return len(self.part)

    @property
    def carries_quota(self) -> Flags:
        return np.isin(self.part, (Part.CLOSER, Part.ACCOUNT_MANAGER))


def staffed(seed: int, sellers: int, span: Span, slow_ramp: float) -> Staff:
    """`sellers` seats with a quota, and who leads and feeds them; who left is there too, before the successor.

    The skills of the subject are the average's, in every scenario. `slow_ramp` is in months, for hires of the last
    year; YEAR is in days.
    """
    rng = chance(seed, COMPANY, Purpose.STAFF)
    part, hired, left = _seats(rng, sellers, span)
    count = len(part)
    newcomer = hired > span.days - YEAR
    subject = int(np.flatnonzero((part == Part.CLOSER) & (hired < 0) & np.isinf(left))[0])
    weight = np.exp(CAPACITY_SPREAD * rng.standard_normal(count))
    skill = SKILL_SPREAD * rng.standard_normal((count, STAGES))
    weight[subject], skill[subject] = 1.0, 0.0
    leaders = max(1, int((part == Part.LEADER).sum()))
    team = np.arange(count) % leaders
    team[subject] = 0
    ramp = np.where(newcomer, slow_ramp, RAMP_MONTHS)
    return Staff(part, team.astype(np.int16), hired, left, weight, skill, ramp, newcomer, subject)


def _seats(rng: np.random.Generator, sellers: int, span: Span) -> tuple[Places, Floats, Floats]:
    """Parts, and the days of coming and leaving."""
    managers = sellers // 6
    closers = sellers - managers
    whole = sellers >= 3
    leaders = round(sellers / OF_A_TEAM + 0.2) or 1 if whole else 0
    developers = max(1, round(closers / 6)) if whole else 0
    new = round(NEWCOMERS * closers)
    replaced = (2 * new + 1) // 2
    counts = {
        Part.LEADER: leaders,
        Part.CLOSER: closers + replaced,
        Part.ACCOUNT_MANAGER: managers,
        Part.INBOUND: developers,
        Part.OUTBOUND: developers,
    }
    part = np.concatenate([np.full(number, role) for role, number in counts.items()]).astype(np.int16)
    hired = np.floor(-rng.uniform(6, 70, len(part)) * MONTH)
    hired[part == Part.LEADER] -= 600
    left = np.full(len(part), NOT_YET)
    here = leaders + closers - 2 * new  # the rows behind these closers: who came lately, then whom they replaced
    lately = np.concatenate([_spread(rng, new, 4, 11), _spread(rng, new, 13, 22)])
    hired[here : here + 2 * new] = np.floor(span.days - lately * MONTH)
    gone = np.arange(here + 2 * new, here + 2 * new + replaced)
    left[gone] = hired[here : here + 2 * new : 2][:replaced] - np.floor(rng.uniform(20, 60, replaced))
    hired[gone] = np.minimum(hired[gone], left[gone] - 300)
    return part, hired, left


def _spread(rng: np.random.Generator, count: int, low: float, high: float) -> Floats:
    """So many values between the two, evenly spread but for chance."""
    return low + (high - low) * (np.arange(count) + rng.random(count)) / max(1, count)


def ramped(staff: Staff, day: Floats, start: float) -> Floats:
    """How productive everybody is on these days, from `start` to 1: shape (days, people); 0 while not here."""
    months = (day[:, None] - staff.hired[None, :]) / MONTH
    share = np.clip(start + (1 - start) * months / staff.ramp[None, :], start, 1.0)
    here = (months >= 0) & (day[:, None] + 7 <= staff.left[None, :])  # the whole week
    return np.where(here, share, 0.0)
