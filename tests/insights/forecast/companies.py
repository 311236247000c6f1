"""Companies to be forecast: simulated ones, and what is left of them when something is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import numpy as np

from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import Activities, Facts, Leads, Ledger, Status, Touches
from leadline.insights.ledger.rows import empty, taken
from leadline.insights.simulator.ledgers import ledger_of
from leadline.insights.simulator.population import simulate


@lru_cache
def company(deals: int = 400, seed: int = 5) -> Ledger:
    """Two years of a healthy company, up to 2026-05-20."""
    return ledger_of(simulate("healthy", seed=seed, sellers=4, deals=deals, months=24, until=dt.date(2026, 5, 20)))


def with_closed(count: int) -> Ledger:
    """The company when so many of its deals were closed."""
    ledger = company()
    closed = np.sort(ledger.deals.closed[np.isin(ledger.deals.status, (Status.WON, Status.LOST))])
    return as_of(ledger, float(closed[count - 1]) if count else float(closed[0]) - 1e-6)


def only(ledger: Ledger, rows: np.ndarray) -> Ledger:
    """With these deals only."""
    place = np.cumsum(rows) - 1
    tables = {}
    for name in ("visits", "values", "expectations", "owners", "statuses"):
        table = getattr(ledger, name)
        mine = taken(table, rows[table.deal])
        tables[name] = replace(mine, deal=place[mine.deal].astype(np.int32))
    touches = taken(ledger.touches, (ledger.touches.deal >= 0) & rows[ledger.touches.deal])
    tables["touches"] = replace(touches, deal=place[touches.deal].astype(np.int32))
    deals = replace(taken(ledger.deals, rows), lead=np.full(int(rows.sum()), -1, np.int32))
    return replace(ledger, deals=deals, activities=empty(Activities), leads=empty(Leads), **tables)


def valued(ledger: Ledger, value: float) -> Ledger:
    """Every deal worth the same; NaN: nothing known."""
    values = replace(ledger.values, was=np.full(len(ledger.values), value))
    if np.isnan(value):
        values = empty(Facts)
    return replace(ledger, deals=replace(ledger.deals, value=np.full(len(ledger.deals), value)), values=values)


def bare(ledger: Ledger) -> Ledger:
    """Without activities, touches, leads, expected days and visits."""
    count = len(ledger.deals)
    deals = replace(ledger.deals, expected=np.full(count, np.nan), lead=np.full(count, -1, np.int32))
    return replace(
        ledger,
        deals=deals,
        visits=empty(type(ledger.visits)),
        expectations=empty(Facts),
        touches=empty(Touches),
        activities=empty(Activities),
    )


def planted(ledger: Ledger, moment: float) -> Ledger:
    """With every deal that was open or to come after the moment won at once and dear, and much noise about it."""
    deals = ledger.deals
    late = (deals.closed > moment) & (deals.created <= moment)
    won = replace(
        deals,
        status=np.where(late, Status.WON, deals.status).astype(np.int8),
        closed=np.where(late, moment + 0.5, deals.closed),
        value=np.where(late | (deals.created > moment), 1e9, deals.value),
        stage=np.where(late, 0, deals.stage).astype(np.int32),
        expected=np.where(late, moment + 1, deals.expected),
    )

    def moved(facts: Facts, was: float) -> Facts:
        return replace(facts, was=np.where(facts.since > moment, was, facts.was))

    return replace(
        ledger,
        deals=won,
        values=moved(ledger.values, 1e9),
        expectations=moved(ledger.expectations, moment + 1),
        statuses=moved(ledger.statuses, float(Status.WON)),
        owners=moved(ledger.owners, 0.0),
        visits=replace(
            ledger.visits, stage=np.where(ledger.visits.entered > moment, 0, ledger.visits.stage).astype(np.int32)
        ),
        touches=replace(ledger.touches, when=np.minimum(ledger.touches.when, moment + 0.5)),
    )


def with_giant(ledger: Ledger) -> Ledger:
    """One of the deals won lately is worth a thousand million, and nobody knew before."""
    value = ledger.deals.value.copy()
    value[np.flatnonzero(ledger.deals.status == Status.WON)[-3]] = 1e9
    return replace(ledger, deals=replace(ledger.deals, value=value))


def at_one_moment(ledger: Ledger) -> Ledger:
    """Whatever was closed was closed in one minute of the last month."""
    deals, moment = ledger.deals, np.floor(ledger.as_of) - 20.5
    closed = np.isin(deals.status, (Status.WON, Status.LOST))
    statuses = replace(ledger.statuses, since=np.where(ledger.statuses.was == 0, ledger.statuses.since, moment))
    when = np.where(closed, moment, deals.closed)
    return replace(ledger, deals=replace(deals, closed=when), statuses=statuses)
