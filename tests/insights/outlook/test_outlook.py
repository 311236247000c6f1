"""The forecast in plain numbers: it is what the forecast says, it survives being kept, and it knows nothing of what
came later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from leadline.insights.forecast.forecasting import forecast
from leadline.insights.forecast.waterfall import waterfall
from leadline.insights.kept.plain import made, plain
from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import Ledger, Status
from leadline.insights.outlook.backtest import Backtest
from leadline.insights.outlook.days import day_of
from leadline.insights.outlook.keeping import brief, told
from leadline.insights.outlook.looking_back import looking_back
from leadline.insights.outlook.making import outlook
from leadline.insights.outlook.outlook import Outlook
from leadline.insights.simulator.ledgers import ledger_of
from leadline.insights.simulator.population import simulate

NOW = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def whole() -> Ledger:
    return ledger_of(simulate("healthy", seed=5, sellers=3, deals=220, months=12, until=dt.date(2026, 6, 10)))


@pytest.fixture(scope="module")
def ledger(whole: Ledger) -> Ledger:
    return as_of(whole, whole.as_of - 20)


def booked(ledger: Ledger) -> dict[dt.date, float]:
    deals, found = ledger.deals, {}
    for closed, value in zip(deals.closed, deals.value, strict=True):
        day = day_of(closed)
        if day is not None and math.isfinite(value):
            found[day] = found.get(day, 0.0) + value
    return found


@pytest.fixture(scope="module")
def found(ledger: Ledger) -> Outlook:
    said = forecast(ledger, 13, draws=200, origins=0)
    moved = waterfall(ledger, ledger.as_of - 7, 13, correction=said.correction)
    today = day_of(ledger.as_of)
    assert today
    won = dataclasses.replace(
        ledger.deals, closed=np.where(ledger.deals.status == Status.WON, ledger.deals.closed, np.inf)
    )
    return outlook(ledger, said, moved, booked(dataclasses.replace(ledger, deals=won)), today)


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from numbers(each)
    elif isinstance(value, float):
        yield value


def test_the_fan_runs_from_what_was_won_to_what_the_quarter_will_be(found: Outlook) -> None:
    everything, place = found.group(), found.quarter
    assert everything
    assert place is not None
    quarter = everything.said[place]
    won = [mark.won for mark in found.fan if mark.won is not None]
    assert won == sorted(won)
    assert (won[0], won[-1]) == (0.0, quarter.won)
    ahead = [mark for mark in found.fan if mark.won is None]
    for low, high in (("p5", "p25"), ("p25", "p50"), ("p50", "p75"), ("p75", "p95")):
        assert all(getattr(mark, low) <= getattr(mark, high) for mark in ahead)
    assert [mark.p50 for mark in ahead] == sorted(mark.p50 for mark in ahead if mark.p50 is not None)
    assert ahead[-1].day == found.stretches[place].end
    assert ahead[-1].p50 == pytest.approx(quarter.p50)
    assert quarter.mean == pytest.approx(quarter.won + quarter.opened + quarter.new + quarter.again, rel=0.02)


def test_deals_are_those_open_the_most_expected_first(found: Outlook, ledger: Ledger) -> None:
    open_ids = set(ledger.deals.id[ledger.deals.status == Status.OPEN].tolist())
    assert {deal.id for deal in found.deals} == open_ids
    money = [max(deal.money, deal.money_in_quarter) for deal in found.deals]
    assert money == sorted(money, reverse=True)
    assert all(0 <= deal.chance_in_quarter <= 1 and deal.waiting >= 0 and deal.pushes >= 0 for deal in found.deals)
    assert any(deal.pushes for deal in found.deals)


def test_the_waterfall_adds_up(found: Outlook) -> None:
    assert found.moved
    assert found.moved.before + sum(step.money for step in found.moved.steps) == pytest.approx(found.moved.after)


def test_it_can_be_kept_and_read_again(found: Outlook) -> None:
    text = json.dumps(plain(found), allow_nan=False)
    assert plain(made(Outlook, json.loads(text))) == json.loads(text)
    body = json.loads(json.dumps(brief(found), allow_nan=False))
    lines = list(told(body, NOW, NOW.date(), "all", None))
    everything = found.group()
    assert everything
    assert [line.p50 for line in lines] == [round(said.p50, 2) for said in everything.said]
    assert lines[0].beside.keys() <= {"weighted", "last_year", "sellers"}
    owner = next(group for group in found.groups if group.by == "owner" and group.id is not None)
    assert not any(line.beside for line in told(body, NOW, NOW.date(), "owner", owner.id))
    assert not list(told(body, NOW, NOW.date(), "owner", 10**9))
    assert all(math.isfinite(number) for number in numbers(body))


def test_looking_back_a_past_day_says_the_same_whatever_came_later(whole: Ledger, ledger: Ledger) -> None:
    then = looking_back(as_of(ledger, ledger.as_of - 28), 4, 1)
    # Seen from four weeks later the same day is one further back: what was said of it has not moved, only what came.
    later = looking_back(ledger, 4, 2)
    assert [one.day for one in later.stands] == sorted(one.day for one in later.stands)
    assert len(later.stands) == len(then.stands) + 1
    assert plain(dataclasses.replace(later.stands[0], came=0)) == plain(dataclasses.replace(then.stands[0], came=0))
    assert plain(made(Backtest, json.loads(json.dumps(plain(later), allow_nan=False)))) == plain(later)


def test_without_enough_it_says_why_and_nothing_else(whole: Ledger) -> None:
    early = as_of(whole, whole.start + 20)
    said = forecast(early, 13)
    today = day_of(early.as_of)
    assert today
    found = outlook(early, said, waterfall(early, early.as_of - 7), {}, today)
    assert found.cannot
    assert (found.groups, found.fan, found.deals) == ((), (), ())
    assert found.moved
    assert found.moved.cannot
    json.dumps(plain(found), allow_nan=False)
    assert looking_back(early, 13).cannot
