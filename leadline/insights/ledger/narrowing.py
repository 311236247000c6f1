"""A part of a ledger: some of its deals and leads with all that hangs on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from leadline.insights.ledger.ledger import NOBODY, Activities, Facts, Flags, Ledger, Places, Targets, Touches, Visits
from leadline.insights.ledger.rows import taken

Hung = TypeVar("Hung", Visits, Facts)
Done = TypeVar("Done", Touches, Activities)


def narrowed(ledger: Ledger, deals: Flags, leads: Flags) -> Ledger:
    """The ledger with these deals and leads only. Targets stay: what they can be held against, the asker must know."""
    deal, lead = renumbered(deals), renumbered(leads)
    own, led = taken(ledger.deals, deals), taken(ledger.leads, leads)
    return replace(
        ledger,
        deals=replace(own, lead=lead[own.lead]),
        leads=replace(led, deal=deal[led.deal]),
        visits=about(ledger.visits, deal),
        values=about(ledger.values, deal),
        expectations=about(ledger.expectations, deal),
        owners=about(ledger.owners, deal),
        statuses=about(ledger.statuses, deal),
        touches=either(ledger.touches, deal, lead),
        activities=either(ledger.activities, deal, lead),
    )


def of_pipeline(ledger: Ledger, pipeline: int) -> Ledger:
    """The deals of a pipeline (a place), and the leads that became none of another: a lead is of no pipeline before."""
    deals = ledger.deals.pipeline == pipeline
    return narrowed(ledger, deals, np.append(deals, True)[ledger.leads.deal])


def of_team(ledger: Ledger, team: int) -> Ledger:
    """The deals that a team (a place) owns, and the leads that it owns or that became these."""
    of = np.append(ledger.staff.team, NOBODY)
    deals = of[ledger.deals.owner] == team
    return narrowed(ledger, deals, (of[ledger.leads.owner] == team) | np.append(deals, False)[ledger.leads.deal])


def targets(some: Targets, which: Flags) -> Targets:
    """These targets only."""
    return Targets(
        id=some.id[which],
        metric=tuple(name for name, there in zip(some.metric, which, strict=True) if there),
        person=some.person[which],
        team=some.team[which],
        pipeline=some.pipeline[which],
        start=some.start[which],
        end=some.end[which],
        amount=some.amount[which],
    )


def renumbered(kept: Flags) -> Places:
    """New row by old row; NOBODY, the last, for those that are left out and for none."""
    found = np.where(kept, np.cumsum(kept) - 1, NOBODY)
    return np.append(found, NOBODY).astype(np.int32)


def about(table: Hung, deal: Places) -> Hung:
    """The rows about deals that stay, `deal` being where each is now (`renumbered`)."""
    there = deal[table.deal] != NOBODY
    return replace(taken(table, there), deal=deal[table.deal[there]])


def either(table: Done, deal: Places, lead: Places) -> Done:
    """What was done about a deal or a lead that stays."""
    of_deal, of_lead = deal[table.deal], lead[table.lead]
    there = (of_deal != NOBODY) | (of_lead != NOBODY)
    return taken(replace(table, deal=of_deal, lead=of_lead), there)
