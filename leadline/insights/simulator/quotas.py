"""The bookings that people and teams are to reach, quarter by quarter."""

from __future__ import annotations

import numpy as np

from leadline.insights.simulator.company import DAY, NOBODY, Floats, Part, Targets
from leadline.insights.simulator.roster import Roster
from leadline.insights.simulator.span import Span
from leadline.insights.simulator.staff import Staff
from leadline.insights.simulator.values import typed

STRETCH = 1.15  # over what may be expected
LEAST_SHARE = 0.2  # of an even part: who is only just here has no target


def quotas(span: Span, staff: Staff, roster: Roster, new: float, other: float) -> Targets:
    """`new` and `other` are the expected bookings of a quarter: new business, and what customers buy again."""
    starts, ends = _quarters(span)
    middle = roster.span.weeks((np.maximum(starts, span.shown) + np.minimum(ends, span.days)) / 2)
    amount = new * np.diff(roster.closers, axis=1, prepend=0.0)[middle]
    if (staff.part == Part.ACCOUNT_MANAGER).any():
        amount += other * np.diff(roster.managers, axis=1, prepend=0.0)[middle]
    else:
        amount *= (new + other) / new if new else 1.0
    even = (new + other) / max(1, int(staff.carries_quota.sum()))
    carried = staff.carries_quota[None, :] & (amount > LEAST_SHARE * even)
    quarter, person = np.nonzero(carried)
    teams = int(staff.team.max()) + 1
    of_team = np.stack([(amount * carried)[:, staff.team == team].sum(axis=1) for team in range(teams)], axis=1)
    their_quarter, team = np.nonzero(of_team > 0)
    at = np.concatenate([quarter, their_quarter])
    return Targets(
        person=np.concatenate([person, np.full(len(team), NOBODY)]).astype(np.int16),
        team=np.concatenate([np.full(len(person), NOBODY), team]).astype(np.int16),
        start_on=(span.start // DAY + starts[at]).astype(np.int32),
        end_on=(span.start // DAY + ends[at] - 1).astype(np.int32),
        amount=typed(STRETCH * np.concatenate([amount[carried], of_team[their_quarter, team]])).astype(np.int64),
    )


def _quarters(span: Span) -> tuple[Floats, Floats]:
    """The first days of the calendar quarters the company lives in, and of those behind them."""
    month = (np.datetime64(span.first) + span.shown).astype("datetime64[M]").astype(int) // 3 * 3
    last = np.datetime64(span.until, "M").astype(int) // 3 * 3
    firsts = np.arange(month, last + 4, 3).astype("datetime64[M]").astype("datetime64[D]")
    days = (firsts - np.datetime64(span.first)).astype(np.int64).astype(float)
    return days[:-1], days[1:]
