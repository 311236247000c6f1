"""Deals as they are lived: those that leads become, and what customers buy again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from leadline.insights.simulator.chance import Purpose, chance
from leadline.insights.simulator.company import Floats, Numbers, Part, Places, Revenue, Status
from leadline.insights.simulator.draws import Draws, Lot, drawn
from leadline.insights.simulator.journeys import Journeys, Setting, travelled
from leadline.insights.simulator.leads import LeadLives
from leadline.insights.simulator.parameters import (
    ADD_ON_AFTER,
    ADD_ON_LIFT,
    ADD_ON_VALUE,
    ADDS_ON,
    CREATED_IN,
    FIT_ON_STAGE,
    LIFT,
    RENEWAL_AFTER,
    RENEWAL_LIFT,
    RENEWAL_VALUE,
    RENEWS,
    SIZE,
    VALUE,
)
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.span import NOT_YET
from leadline.insights.simulator.values import sized, standard

KINDS = 4  # keys: those of the lead, times this, plus the kind of money


@dataclass(frozen=True)
class Lives:
    """One row a deal: what it begins with, its journey, and the draws for its records."""

    key: Numbers
    lead: Numbers  # the row of the lead it came from, of a customer's deal too
    revenue: Places
    setting: Setting
    journeys: Journeys
    draws: Draws
    value: Floats  # base currency, before people round it

    def __len__(self) -> int:
        return len(self.key)

    def __getitem__(self, rows: Any) -> Self:
        journeys = Journeys(*(getattr(self.journeys, one.name)[rows] for one in fields(Journeys)))
        return type(self)(
            *(self.key[rows], self.lead[rows], self.revenue[rows], self.setting[rows]),
            *(journeys, self.draws[rows], self.value[rows]),
        )


def converted(plan: Plan, leads: LeadLives, rng: np.random.Generator, settling: Floats | None = None) -> Lives:
    """The deals of leads that are accepted before the end; `settling` as in `travelled`."""
    everyones = drawn(rng, len(leads))
    rows = np.flatnonzero(leads.accepted < plan.span.days)
    return _lived(plan, leads, rows, Revenue.NEW, leads.accepted[rows], everyones[rows], settling)


def again(plan: Plan, leads: LeadLives, first: Lives, seed: int, block: int) -> list[Lives]:
    """[first deals, add-ons, renewals]: a customer buys more some months after the first deal was won."""
    rng = chance(seed, block, Purpose.AGAIN)
    found = [first]
    for revenue, share, after, spread in (
        (Revenue.ADD_ON, ADDS_ON, ADD_ON_AFTER, 0.6),
        (Revenue.RENEWAL, RENEWS, RENEWAL_AFTER, 0.06),
    ):
        chosen = np.flatnonzero(rng.random(len(leads)) < share)
        place = np.full(len(leads), -1)
        place[chosen] = np.arange(len(chosen))
        theirs, normal, hour = drawn(rng, len(chosen)), rng.standard_normal(len(leads)), rng.random(len(leads))
        won = np.where(first.journeys.status == Status.WON, first.journeys.closed, NOT_YET)
        rows = first.lead
        begun = plan.span.in_office(won + after * np.exp(spread * normal[rows]), hour[rows])
        buys = (place[rows] >= 0) & (begun < plan.span.days)
        rows = rows[buys]
        found.append(_lived(plan, leads, rows, revenue, begun[buys], theirs[place[rows]], None))
    return found


def _lived(
    plan: Plan, leads: LeadLives, rows: Any, revenue: Revenue, begun: Floats, draws: Draws, settling: Floats | None
) -> Lives:
    source = leads.source[rows]
    size = standard(draws.value)
    begins_in = np.searchsorted(np.cumsum(CREATED_IN)[:-1], draws.lot(Lot.BEGINS_IN), side="right").astype(np.int16)
    owner, successor, handed = _owners(plan, leads, rows, revenue, begun, draws)
    lift = LIFT[source] + FIT_ON_STAGE * leads.fit[rows] + _of_kind(revenue, 0.0, ADD_ON_LIFT, RENEWAL_LIFT)
    setting = Setting(begun, begins_in, owner, successor, handed, lift, size)
    journeys = travelled(plan, setting, draws, settling)
    _team_loses(plan, setting, journeys, draws)
    value = VALUE * SIZE[source] * sized(size) * _of_kind(revenue, 1.0, ADD_ON_VALUE, RENEWAL_VALUE)
    kind = np.full(len(rows), revenue, np.int16)
    return Lives(leads.key[rows] * KINDS + revenue, rows, kind, setting, journeys, draws, value)


def _of_kind(revenue: Revenue, new: float, add_on: float, renewal: float) -> float:
    return {Revenue.NEW: new, Revenue.ADD_ON: add_on, Revenue.RENEWAL: renewal}[revenue]


def _owners(
    plan: Plan, leads: LeadLives, rows: Any, revenue: Revenue, begun: Floats, draws: Draws
) -> tuple[Places, Places, Floats]:
    """(who begins, who takes over, when)."""
    staff, roster = plan.staff, plan.roster
    owner = leads.closer[rows]
    if revenue != Revenue.NEW:
        owner = roster.pick(roster.managers, begun, draws.lot(Lot.SUCCESSOR))
    leaves = staff.left[owner]
    successor = roster.pick(roster.closers, np.where(np.isfinite(leaves), leaves + 7, 0.0), draws.lot(Lot.SUCCESSOR))
    if plan.forces.leads_own is None:
        return owner, successor, leaves
    leader = np.int16(np.flatnonzero((staff.part == Part.LEADER) & (staff.team == 0))[0])
    taken = (staff.team[owner] == 0) & (draws.lot(Lot.LEADER) < plan.carries)
    before = begun < plan.forces.begins
    taken &= ~before | (leaves > plan.forces.begins)  # who left earlier had handed over already
    return (
        np.where(taken & ~before, leader, owner),
        np.where(taken & before, leader, successor),
        np.where(taken, np.where(before, plan.forces.begins, NOT_YET), leaves),
    )


def _team_loses(plan: Plan, setting: Setting, journeys: Journeys, draws: Draws) -> None:
    """The wins that a team without its leader's time does not win: lost in some stage that was left since."""
    if plan.forces.leads_own is None:
        return
    owner = np.where(journeys.closed < setting.handed, setting.owner, setting.successor)
    lost = (journeys.status == Status.WON) & plan.since(journeys.closed) & (plan.staff.team[owner] == 0)
    rows = np.flatnonzero(lost & (draws.lot(Lot.TEAM_LOSES) >= plan.forces.team_wins))
    since = np.isfinite(journeys.left[rows]) & plan.since(journeys.left[rows])
    which = np.floor(draws.lot(Lot.TEAM_STAGE)[rows] * since.sum(axis=1)) + 1
    stage = np.argmax(np.cumsum(since, axis=1) == which[:, None], axis=1)
    journeys.status[rows], journeys.closed[rows] = Status.LOST, journeys.left[rows, stage]
    later = np.arange(journeys.left.shape[1])[None, :] > stage[:, None]
    for times in (journeys.entered, journeys.left):
        times[rows] = np.where(later, NOT_YET, times[rows])


def joined(several: list[Lives]) -> Lives:
    """One table of them all."""

    def both(parts: list[Any]) -> Any:
        kind = type(parts[0])
        if isinstance(parts[0], np.ndarray):
            return np.concatenate(parts)
        return kind(*(both([getattr(part, one.name) for part in parts]) for one in fields(kind)))

    found: Lives = both(several)
    return found
