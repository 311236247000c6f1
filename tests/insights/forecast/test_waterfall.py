"""What changed a forecast adds up, and goes to the step that it belongs to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leadline.insights.forecast.answer import Correction, Waterfall
from leadline.insights.forecast.forecasting import forecast
from leadline.insights.forecast.waterfall import waterfall
from leadline.insights.ledger.ledger import Ledger, Status
from tests.insights.forecast import companies


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return companies.company()


@pytest.fixture(scope="module")
def found(ledger: Ledger) -> Waterfall:
    return waterfall(ledger, ledger.as_of - 35)


def test_steps_add_up_exactly(found: Waterfall) -> None:
    assert found.before + sum(step.money for step in found.steps) == pytest.approx(found.after, abs=1e-6)
    assert [step.key for step in found.steps] == [
        "won", "lost", "slipped", "added", "revalued", "chances", "to_come",
    ]  # fmt: skip


def test_each_deal_stands_behind_the_step_it_belongs_to(ledger: Ledger, found: Waterfall) -> None:
    steps = {step.key: step for step in found.steps}
    deals = ledger.deals
    assert (deals.status[steps["won"].deals] == Status.WON).all()
    assert (deals.closed[steps["won"].deals] > found.since).all()
    assert np.isin(deals.status[steps["lost"].deals], (Status.LOST, Status.NURTURE)).all()
    assert steps["lost"].money < 0
    assert (deals.status[steps["slipped"].deals] == Status.OPEN).all()
    assert (deals.created[steps["added"].deals] > found.since).all()


def test_it_ends_where_the_forecast_stands(ledger: Ledger, found: Waterfall) -> None:
    told = forecast(ledger, past=())
    assert told.all is not None
    assert found.after == pytest.approx(told.all.mean[told.places("quarter")[0]], rel=1e-4)


def test_nothing_has_changed_since_now(ledger: Ledger) -> None:
    found = waterfall(ledger, ledger.as_of)
    assert found.before == found.after
    assert all(step.money == pytest.approx(0, abs=1e-6) for step in found.steps)


def test_a_deal_revalued_is_revalued(ledger: Ledger) -> None:
    moment, facts = ledger.as_of - 3, ledger.values
    deal = int(np.flatnonzero((ledger.deals.status == Status.OPEN) & (ledger.deals.created < moment - 1))[0])
    place = int(np.searchsorted(facts.deal, deal, side="right"))
    more = replace(
        facts,
        deal=np.insert(facts.deal, place, deal),
        since=np.insert(facts.since, place, ledger.as_of - 1),
        was=np.insert(facts.was, place, 9e5),
    )
    value = ledger.deals.value.copy()
    value[deal] = 9e5
    steps = waterfall(replace(ledger, values=more, deals=replace(ledger.deals, value=value)), moment).steps
    revalued = next(step for step in steps if step.key == "revalued")
    assert deal in revalued.deals
    assert revalued.money > 0


def test_a_correction_moves_both_ends(ledger: Ledger, found: Waterfall) -> None:
    moved = waterfall(ledger, ledger.as_of - 35, correction=Correction(3, 0.3, 1.0))
    assert moved.before > found.before
    assert moved.before + sum(step.money for step in moved.steps) == pytest.approx(moved.after, abs=1e-6)


def test_without_a_forecast_then_it_says_why(ledger: Ledger) -> None:
    found = waterfall(ledger, ledger.start + 1)
    assert found.cannot is not None
    assert not found.steps
