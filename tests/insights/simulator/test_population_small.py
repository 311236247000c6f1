"""The same arguments give the same company; and companies of every size and length are whole, or refused plainly."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest

from leadline.insights.simulator import arrivals
from leadline.insights.simulator.company import Batch, Part
from leadline.insights.simulator.population import simulate
from leadline.insights.simulator.scenarios import SCENARIOS
from leadline.insights.simulator.span import months_before
from tests.insights.simulator.populations import UNTIL, same

LEAP_DAY = dt.date(2024, 2, 29)
TABLES = ("leads", "deals", "visits", "pushes", "edits", "activities")


def digest(seed: int) -> str:
    """Of all bytes of a small company."""
    found = hashlib.sha256()
    for batch in simulate("fluff_surge", seed=seed, sellers=6, deals=300, until=UNTIL).batches():
        for table in TABLES:
            for field in fields(getattr(batch, table)):
                found.update(np.ascontiguousarray(getattr(getattr(batch, table), field.name)).tobytes())
    return found.hexdigest()


def test_same_arguments_same_company_in_another_process_too() -> None:
    told = "from tests.insights.simulator.test_population_small import digest; print(digest(5))"
    there = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == digest(5) != digest(6)


def test_blocks_follow_each_other_and_come_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "LEADS_A_BLOCK", 800)
    simulation = simulate("healthy", seed=4, sellers=6, deals=2000, until=UNTIL)
    batches, again = list(simulation.batches()), simulation.batches()
    assert len(batches) > 3
    for one, other in zip(batches, again, strict=True):
        assert all(same(getattr(one, name), getattr(other, name)) for name in TABLES)
    follow(batches)
    ends = [batch.leads.created for batch in batches]
    assert all(one[-1] < other[0] for one, other in pairwise(ends))
    keys = np.concatenate([batch.deals.key for batch in batches])
    assert len(np.unique(keys)) == len(keys)
    assert sum(len(batch.deals) for batch in batches) == pytest.approx(2000, rel=0.08)


def follow(batches: list[Batch]) -> None:
    """Leads, deals and accounts are numbered on from batch to batch."""
    for one, other in pairwise(batches):
        assert other.first_lead == one.first_lead + len(one.leads)
        assert other.first_deal == one.first_deal + len(one.deals)
        assert other.first_account == one.first_account + one.accounts
        accounts = np.unique(np.concatenate([one.leads.account, one.deals.account]))
        assert np.array_equal(accounts, one.first_account + np.arange(one.accounts))


@pytest.mark.parametrize("months", [1, 5, 7, 13, 37])
def test_odd_lengths(months: int) -> None:
    simulation = simulate("leaky_stage", seed=2, sellers=6, deals=400, months=months, until=LEAP_DAY)
    company = simulation.company
    assert company.until == int(dt.datetime(2024, 2, 29, tzinfo=dt.UTC).timestamp())
    assert company.truth.begins == max(company.start, int(dt.datetime(2023, 8, 29, tzinfo=dt.UTC).timestamp()))
    (batch,) = simulation.batches()
    assert (batch.leads.created >= company.start).mean() > 0.5
    assert 0.75 * 400 < len(batch.deals) < 1.25 * 400


def test_months_before_ends_with_the_month() -> None:
    assert months_before(dt.date(2024, 3, 31), 1) == LEAP_DAY
    assert months_before(LEAP_DAY, 12) == dt.date(2023, 2, 28)
    assert months_before(dt.date(2026, 1, 15), 13) == dt.date(2024, 12, 15)


def test_nobody_and_nothing() -> None:
    assert list(simulate("healthy", seed=1, sellers=1, deals=0, until=UNTIL).batches()) == []
    alone = simulate("healthy", seed=1, sellers=1, deals=60, until=UNTIL)
    assert list(alone.company.people.part) == [Part.CLOSER]
    (batch,) = alone.batches()
    assert set(batch.deals.owner) == set(batch.leads.owner) == {0}
    assert sum(len(one.deals) for one in simulate("healthy", seed=1, sellers=1, deals=1, until=UNTIL).batches()) <= 6


@pytest.mark.parametrize(
    ("scenario", "sellers", "deals", "months", "says"),
    [
        ("no_such", 6, 100, 24, "There is no scenario 'no_such'"),
        ("healthy", 0, 100, 24, "healthy takes 1 to 2000 sellers, not 0"),
        ("mix_not_skill", 3, 100, 24, "mix_not_skill takes 4 to 2000 sellers"),
        ("healthy", 6, -1, 24, "Deals are 0 to"),
        ("healthy", 6, 100, 0, "Months are 1 to"),
        ("whale_dependence", 6, 10, 24, "simulate more deals"),
    ],
)  # fmt: skip
def test_refused_in_plain_words(scenario: str, sellers: int, deals: int, months: int, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        simulate(scenario, seed=1, sellers=sellers, deals=deals, months=months, until=UNTIL)


def test_every_scenario_runs_at_the_small_size() -> None:
    for scenario in SCENARIOS:
        simulation = simulate(scenario, seed=8, sellers=6, deals=400, until=UNTIL)
        assert sum(len(batch.deals) for batch in simulation.batches()) > 250
        people = simulation.company.people
        assert (people.carries_quota & (people.left_on == 0)).sum() == 6
