"""Simulated companies, whole and with parts missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import numpy as np

from leadline.insights.ledger.ledger import Ledger
from leadline.insights.ledger.narrowing import narrowed
from leadline.insights.simulator.company import Truth
from leadline.insights.simulator.ledgers import ledger_of
from leadline.insights.simulator.population import simulate

UNTIL = dt.date(2026, 7, 1)


@lru_cache(maxsize=8)
def company(scenario: str = "healthy", seed: int = 3, sellers: int = 6, deals: int = 1_500) -> tuple[Ledger, Truth]:
    made = simulate(scenario, seed=seed, sellers=sellers, deals=deals, until=UNTIL)
    return ledger_of(made), made.company.truth


def without_leads(ledger: Ledger) -> Ledger:
    return narrowed(ledger, np.ones(len(ledger.deals), bool), np.zeros(len(ledger.leads), bool))


def of_deals(ledger: Ledger, rows: Any) -> Ledger:
    """With these deals only."""
    return narrowed(ledger, np.isin(np.arange(len(ledger.deals)), rows), np.ones(len(ledger.leads), bool))


def poor() -> Iterator[tuple[str, Ledger]]:
    """What a fit must survive."""
    whole, _truth = company()
    deals = whole.deals
    status = deals.status
    for count in (0, 1, 5, 30):
        few = of_deals(whole, np.arange(len(deals))[-400:][:count])
        yield f"{count} deals", few
        yield f"{count} deals, no leads", without_leads(few)
    yield "no wins", of_deals(whole, np.flatnonzero(status != 1))
    yield "no losses", of_deals(whole, np.flatnonzero(status < 2))
    yield "all open", of_deals(whole, np.flatnonzero(status == 0))
    yield "none open", of_deals(whole, np.flatnonzero(status != 0))
    yield "no values", replace(whole, deals=replace(deals, value=np.full(len(deals), np.nan)))
    created = deals.created.copy()
    created[::3] = np.nan
    yield "days of creation partly not known", replace(whole, deals=replace(deals, created=created))
    yield "no days of creation", replace(whole, deals=replace(deals, created=np.full(len(deals), np.nan)))
    yield "equal values", replace(whole, deals=replace(deals, value=np.full(len(deals), 5.0)))
    giant = deals.value.copy()
    giant[np.flatnonzero(status == 1)[-1]] = 1e9
    yield "a giant", replace(whole, deals=replace(deals, value=giant))
    nobody = np.full(len(deals), -1, np.int32)
    no_leads = np.full(len(whole.leads), -1, np.int32)
    yield "no sources", replace(whole, deals=replace(deals, source=nobody), leads=replace(whole.leads, source=no_leads))
    unowned = replace(whole.visits, owner=np.full(len(whole.visits), -1, np.int32))
    yield "no owners", replace(whole, deals=replace(deals, owner=nobody), visits=unowned)
    yield "no stages seen", replace(whole, visits=_rows(whole.visits, np.zeros(0, np.int64)))
    yield "one seller", company("healthy", 3, 1, 100)[0]
    yield "twenty days", replace(whole, start=whole.as_of - 20)
    yield "no time", replace(whole, start=whole.as_of)


def _rows(table: Any, rows: Any) -> Any:
    return type(table)(*(getattr(table, one.name)[rows] for one in fields(table)))
