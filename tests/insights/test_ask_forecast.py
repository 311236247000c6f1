"""From what, and from when, a forecast is made: everybody's records, and the part of them that is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from leadline.insights import ask_forecast, ask_ledger
from leadline.insights.forecast.days import date, today
from leadline.insights.kept.subject import Subject
from leadline.insights.ledger.ledger import Ledger
from leadline.insights.ledger.narrowing import of_team
from leadline.insights.outlook import looking_back
from tests.insights.forecast import companies


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Ledger, Ledger | None]]:
    """What looking back is asked of, in place of its answer."""
    every, found = companies.company(), []

    def ledger(team: int | None = None, **_more: Any) -> Ledger:
        return every if team is None else of_team(every, every.names["team"].ids.tolist().index(team))

    def look(told: Ledger, _weeks: int, part: Ledger | None = None) -> None:
        found.append((told, part))

    monkeypatch.setattr(ask_ledger, "ledger", ledger)
    monkeypatch.setattr(looking_back, "looking_back", look)
    return found


def test_of_a_day_that_is_over_nothing_is_left(asked: list[tuple[Ledger, Ledger | None]]) -> None:
    ask_forecast.backtest(Subject(as_of=dt.date(2026, 6, 30)))
    assert date(today(asked[0][0])) == dt.date(2026, 7, 1)
    assert asked[0][1] is None


def test_a_team_is_a_part_with_its_own_targets(asked: list[tuple[Ledger, Ledger | None]]) -> None:
    every = companies.company()
    team = int(every.staff.team.max())
    ask_forecast.backtest(Subject(team=int(every.names["team"].ids[team])))
    whole, part = asked[0]
    if part is None:  # the only team has all deals
        part = whole
    assert part.as_of == whole.as_of
    assert len(whole.deals) == len(every.deals)
    assert (np.append(every.staff.team, -1)[part.deals.owner] == team).all()
    assert not ((part.targets.team == -1) & (part.targets.person == -1)).any()
