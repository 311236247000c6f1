"""Laying out: tables that name deals and leads by their ids, in any order, become the ledger's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NEVER, NOBODY, Deals, Facts, Leads, Ledger, Moments, Places, Visits
from leadline.insights.ledger.rows import places_of, taken

Hung = TypeVar("Hung", Visits, Facts)


def laid_out(ids: Ledger) -> Ledger:
    """The ledger whose columns `deal` and `lead` hold ids (int64): deals and leads in order of creation, the rest by
    deal and time, every id a row. Rows about deals and leads that are not there are left out.
    """
    deals, leads = _in_order(ids.deals), _in_order(ids.leads)
    touches = _about(ids.touches, deals, leads)
    touches = taken(touches, np.lexsort((touches.kind, touches.when, touches.lead, touches.deal)))
    activities = _about(ids.activities, deals, leads)
    order = (activities.type, activities.due, activities.created, activities.lead, activities.deal)
    leads = replace(leads, deal=places_of(deals.id, leads.deal))
    return replace(
        ids,
        deals=replace(deals, lead=_came_from(deals, leads)),
        leads=replace(leads, responded=answered(leads, touches.deal, touches.lead, touches.when)),
        visits=_hung(ids.visits, deals, ids.visits.entered),
        values=_known(ids.values, deals),
        expectations=_known(ids.expectations, deals),
        owners=_known(ids.owners, deals),
        statuses=_known(ids.statuses, deals),
        touches=touches,
        activities=taken(activities, np.lexsort(order)),
    )


def answered(leads: Leads, deal: Places, lead: Places, when: Moments) -> Moments:
    """When anybody first did something about each lead, or the deal it became, since it was there (rows of touches)."""
    first = np.full(len(leads), NEVER)
    by_deal = np.flatnonzero(leads.deal != NOBODY)
    became = np.full(int(max(deal.max(initial=NOBODY), leads.deal.max(initial=NOBODY))) + 2, NOBODY, np.int64)
    became[leads.deal[by_deal][::-1]] = by_deal[::-1]  # of several leads of a deal the first
    for of in (lead, became[deal]):
        about = np.flatnonzero(of != NOBODY)
        about = about[when[about] >= leads.created[of[about]]]
        np.minimum.at(first, of[about], when[about])
    return first


def began(deals: Deals) -> float:
    """Since when nothing is missing: the first close, or the first creation where nothing was closed yet.

    Of what was over when records began nothing is known, so deals of before are there only where they lived on.
    """
    for known in (deals.closed[np.isfinite(deals.closed)], deals.created[np.isfinite(deals.created)]):
        if len(known):
            return float(known.min())
    return NEVER


Rows = TypeVar("Rows", Deals, Leads)


def _in_order(table: Rows) -> Rows:
    return taken(table, np.lexsort((table.id, table.created)))


def _hung(table: Hung, deals: Deals, when: Moments) -> Hung:
    """In order of deal; of rows at one moment, and of unknown moments, the order in which they came."""
    deal = places_of(deals.id, table.deal)
    order = np.lexsort((np.arange(len(deal)), np.nan_to_num(when, nan=-np.inf, posinf=np.inf), deal))
    order = order[deal[order] != NOBODY]
    return replace(taken(table, order), deal=deal[order])


def _known(facts: Facts, deals: Deals) -> Facts:
    """Of what was written at one moment the last counts; what says the same as the row before says nothing."""
    facts = _hung(facts, deals, facts.since)
    again = (facts.deal[1:] == facts.deal[:-1]) & (facts.since[1:] == facts.since[:-1])
    facts = taken(facts, np.append(~again, True)[: len(facts)])
    same = (facts.was[1:] == facts.was[:-1]) | (np.isnan(facts.was[1:]) & np.isnan(facts.was[:-1]))
    same &= facts.deal[1:] == facts.deal[:-1]
    return taken(facts, np.append(True, ~same)[: len(facts)])


def _about(table: Any, deals: Deals, leads: Leads) -> Any:
    deal, lead = places_of(deals.id, table.deal), places_of(leads.id, table.lead)
    known = (deal != NOBODY) | (lead != NOBODY)
    return taken(replace(table, deal=deal, lead=lead), known)


def _came_from(deals: Deals, leads: Leads) -> NDArray[np.int32]:
    """The lead of each deal; of several the first."""
    found = np.full(len(deals), NOBODY, np.int32)
    became = np.flatnonzero(leads.deal != NOBODY)[::-1]
    found[leads.deal[became]] = became
    return found
