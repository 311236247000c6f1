"""One block of leads, from their arrival to the records of it all."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from leadline.insights.simulator.arrivals import Block, arrived
from leadline.insights.simulator.chance import Purpose, chance
from leadline.insights.simulator.company import NOBODY, Batch, Deals
from leadline.insights.simulator.crediting import credited
from leadline.insights.simulator.dealing import dealt
from leadline.insights.simulator.fluff import fluff
from leadline.insights.simulator.lead_rows import listed
from leadline.insights.simulator.leads import LeadLives, lived, staying
from leadline.insights.simulator.lives import Lives, again, converted, joined
from leadline.insights.simulator.money import edits
from leadline.insights.simulator.narrowing import narrowed
from leadline.insights.simulator.parameters import PUSHES_A_DAY
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.pushing import expected
from leadline.insights.simulator.traces import Traces, traced, visits
from leadline.insights.simulator.work import worked


@dataclass(frozen=True)
class Happened:
    """What really was, and the traces it left; without deals that were over when the records begin, or are to come."""

    leads: LeadLives
    lives: Lives
    traces: Traces


def happened(plan: Plan, block: Block) -> Happened:
    """The leads that come, their deals, and what customers buy again."""
    leads = lived(
        plan,
        arrived(chance(plan.seed, block.number, Purpose.ARRIVALS), block, plan.span),
        chance(plan.seed, block.number, Purpose.LEADS),
    )
    first = converted(plan, leads, chance(plan.seed, block.number, Purpose.DEALS))
    lives = joined(again(plan, leads, first, plan.seed, block.number))
    stay = staying(plan, leads)
    lives = lives[stay[lives.lead]]
    lives = replace(lives, lead=(np.cumsum(stay) - 1)[lives.lead])
    traces = traced(plan, lives)
    there = (traces.created < plan.span.days) & (traces.closed >= plan.span.shown)
    kept = Traces(*(getattr(traces, one.name)[there] for one in fields(Traces)))
    return Happened(leads[stay], lives[there], kept)


def recorded(plan: Plan, block: Block, first: tuple[int, int, int]) -> Batch:
    """The records of a block; `first` are the numbers of its first lead, deal and account."""
    found = happened(plan, block)
    leads, lives, traces = found.leads, found.lives, found.traces
    credit = credited(plan, leads)
    dates = expected(plan.span, traces.created, traces.closed, traces.stages[:, 0], PUSHES_A_DAY, lives.draws.moves)
    deals, money = dealt(plan, credit, lives, traces, dates)
    deal = np.full(len(leads), NOBODY, np.int64)
    created = np.zeros(len(leads))
    own = np.flatnonzero(deals.lead != NOBODY)
    deal[deals.lead[own]], created[deals.lead[own]] = own, traces.created[own]
    moves, pushes = visits(plan, lives, traces), dates.pushes
    accounts = int(credit.account.max(initial=-1)) + 1
    corrections = edits(plan, lives, traces, money)
    activities = worked(plan, block.number, leads, credit, lives, traces, deals.status)
    more = fluff(plan, block.number, traces.created, accounts)
    if more:
        deals, moves, pushes = _rows(deals, more[0]), _ragged(moves, more[1]), _ragged(pushes, more[2])
        accounts += len(more[0])
    rows = listed(plan, leads, credit, deal, created)
    shown = (leads.created >= plan.span.shown) | (deal != NOBODY)
    return narrowed(Batch(*first, accounts, rows, deals, moves, pushes, corrections, activities), shown)


def _rows(one: Deals, more: Deals) -> Deals:
    return Deals(*(np.concatenate([getattr(one, name.name), getattr(more, name.name)]) for name in fields(Deals)))


def _ragged(one: Any, more: Any) -> Any:
    """A ragged table with another one behind it."""
    offsets = np.concatenate([one.offsets, one.offsets[-1] + more.offsets[1:]])
    names = [name.name for name in fields(one)][1:]
    return type(one)(offsets, *(np.concatenate([getattr(one, name), getattr(more, name)]) for name in names))
