"""The ledger as it stood at a past moment: nothing of what came later is in it.

Of value, expected day, owner and status it says what stood then. Sources, campaigns, organizations and titles have no
history in a ledger: they are those known at last, as are a lead's owner and the order of the stages.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.laying import began
from leadline.insights.ledger.ledger import (
    NEVER,
    NOBODY,
    Activities,
    Deals,
    Facts,
    Leads,
    LeadStatus,
    Ledger,
    Moments,
    Places,
    Staff,
    Status,
    Visits,
)
from leadline.insights.ledger.narrowing import about, either, renumbered, targets
from leadline.insights.ledger.rows import taken

FACTS = ("values", "expectations", "owners", "statuses")


def as_of(ledger: Ledger, moment: float) -> Ledger:
    """The ledger as it stood then (days since 1970, the moment itself included); itself where it ends no later."""
    if moment >= ledger.as_of:
        return ledger
    facts = {name: _by_then(getattr(ledger, name), moment) for name in FACTS}
    visits = taken(ledger.visits, ~(ledger.visits.entered > moment))
    there = np.zeros(len(ledger.deals), bool)
    there[facts["statuses"].deal] = True
    led = ~(ledger.leads.created > moment)
    deal, lead = renumbered(there), renumbered(led)
    deals = taken(_stood(ledger, facts, visits, moment), there)
    visits = _stays(visits, moment)
    touches = taken(ledger.touches, ledger.touches.when <= moment)
    deals = replace(deals, lead=lead[deals.lead])
    return replace(
        ledger,
        as_of=moment,
        start=min(began(deals), moment),
        deals=deals,
        visits=about(visits, deal),
        values=about(facts["values"], deal),
        expectations=about(facts["expectations"], deal),
        owners=about(facts["owners"], deal),
        statuses=about(facts["statuses"], deal),
        touches=either(touches, deal, lead),
        activities=either(_planned(ledger.activities, moment), deal, lead),
        leads=_led(taken(ledger.leads, led), deal, moment),
        staff=_staff(ledger.staff, moment),
        targets=targets(ledger.targets, ledger.targets.start <= moment),
    )


def _by_then(facts: Facts, moment: float) -> Facts:
    return taken(facts, facts.since <= moment)


def last(facts: Facts, deals: int) -> NDArray[np.int64]:
    """The row of what was known last about each deal; -1 where nothing was."""
    count = np.bincount(facts.deal, minlength=deals)
    return np.where(count > 0, np.cumsum(count) - 1, -1)


def _stood(ledger: Ledger, facts: dict[str, Facts], visits: Visits, moment: float) -> Deals:
    """All deals, those of later among them, with what was known of them then."""
    deals, count = ledger.deals, len(ledger.deals)
    at = last(facts["statuses"], count)
    status = np.append(facts["statuses"].was, np.nan)[at]
    since = np.append(facts["statuses"].since, np.nan)[at]
    changes = [np.bincount(table.deal, minlength=count) for table in (facts["statuses"], ledger.statuses)]
    same = changes[0] == changes[1]  # it stands as it stood then: the day it closed may be one that nobody knows
    open_ = status == Status.OPEN
    visited = np.bincount(visits.deal, minlength=count)
    place = np.where(visited > 0, np.cumsum(visited) - 1, -1)
    over = same & ~open_  # the stage of a closed deal is no visit where it was set later
    stage = np.where((visited > 0) & ~over, np.append(visits.stage, NOBODY)[place], deals.stage).astype(np.int32)
    pipeline = np.where(over, NOBODY, np.append(ledger.stages.pipeline, NOBODY)[stage])
    return replace(
        deals,
        status=np.nan_to_num(status).astype(np.int8),
        closed=np.where(open_, NEVER, np.where(same, deals.closed, since)),
        stage=stage,
        pipeline=np.where(pipeline == NOBODY, deals.pipeline, pipeline).astype(np.int32),
        owner=np.append(facts["owners"].was, NOBODY)[last(facts["owners"], count)].astype(np.int32),
        value=np.append(facts["values"].was, np.nan)[last(facts["values"], count)],
        expected=np.append(facts["expectations"].was, np.nan)[last(facts["expectations"], count)],
        lost_reason=np.where(status == Status.LOST, deals.lost_reason, NOBODY).astype(np.int32),
    )


def _stays(visits: Visits, moment: float) -> Visits:
    return replace(visits, left=np.where(visits.left > moment, NEVER, visits.left))


def _planned(activities: Activities, moment: float) -> Activities:
    known = taken(activities, ~(activities.created > moment))
    return replace(known, done=_not_yet(known.done, moment))


def _led(leads: Leads, deal: Places, moment: float) -> Leads:
    over = ~(leads.closed > moment)
    return replace(
        leads,
        responded=_not_yet(leads.responded, moment),
        mql=_not_yet(leads.mql, moment),
        sql=_not_yet(leads.sql, moment),
        sal=_not_yet(leads.sal, moment),
        handed=_not_yet(leads.handed, moment),
        closed=_not_yet(leads.closed, moment),
        status=np.where(over, leads.status, LeadStatus.OPEN).astype(np.int8),
        deal=np.where(over, deal[leads.deal], NOBODY).astype(np.int32),
    )


def _staff(staff: Staff, moment: float) -> Staff:
    """Nobody knew yet who would leave."""
    gone = staff.left <= moment
    return replace(staff, left=np.where(gone, staff.left, np.nan), active=~gone)


def _not_yet(moments: Moments, moment: float) -> Moments:
    return np.where(moments > moment, NEVER, moments)
