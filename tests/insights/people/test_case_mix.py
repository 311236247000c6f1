"""Conversions on equal cases: against statsmodels, and where only the cases differ."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from leadline.insights.numbers.case_mix import LOOSE, Cells, Model, adjusted
from tests.insights.people.companies import companies
from tests.insights.people.company import LATER, START, Company, rows
from tests.oracle import case_mix, people


def _cells(seed: int, effects: np.ndarray, mix: np.ndarray, rates: np.ndarray) -> Cells:
    """`mix` holds trials by person and source, `rates` the logit of each source."""
    draws = np.random.default_rng(seed)
    person, source = (each.ravel() for each in np.indices(mix.shape))
    trials = mix.ravel().astype(float)
    won = draws.binomial(mix.ravel(), special.expit(rates[source] + effects[person])).astype(float)
    return Cells((source,), person, won, trials)


@pytest.mark.parametrize("spread", [0.25, 1.0])
def test_the_mode_is_statsmodels_ridge(spread: float) -> None:
    mix = np.random.default_rng(1).integers(5, 60, (6, 3))
    cells = _cells(2, np.linspace(-0.8, 0.8, 6), mix, np.array([-1.0, 0.0, 1.0]))
    model = Model(cells)
    at, _curvature, _evidence = model.mode(spread, np.zeros(model.size))
    design = np.zeros((len(cells.person), model.size))
    for place in model.places:
        design[np.arange(len(place)), place] = 1
    n = cells.trials.sum()
    penalty = np.array([1e-6, *[LOOSE**-2] * 3, *[spread**-2] * 6]) / n
    counts = np.column_stack((cells.successes, cells.trials - cells.successes))
    rows_, answers, weights = np.vstack((design, design)), np.repeat([1.0, 0.0], len(design)), counts.T.ravel()
    other = sm.GLM(answers, rows_, sm.families.Binomial(), freq_weights=weights)
    found = other.fit_regularized(
        alpha=penalty * n / len(rows_), L1_wt=0, start_params=np.zeros(model.size), maxiter=500
    )
    assert model.eta(at) == pytest.approx(design @ found.params, abs=0.02)


def test_what_people_were_given_is_not_what_they_are() -> None:
    """mix_not_skill: one person has 80 % of the worst source, and no worse a hand (4-why-and-forecast)."""
    mix = np.array([[100, 400], *[[300, 100]] * 5])
    cells = _cells(3, np.zeros(6), mix, np.array([0.0, -1.6]))
    raw = np.bincount(cells.person, cells.successes) / np.bincount(cells.person, cells.trials)
    found = adjusted(cells, 6)
    assert raw[0] < 0.8 * raw[1:].min()
    assert np.ptp(found.value) < 0.06
    assert 0.05 < found.below[0] < 0.95
    skill = adjusted(_cells(4, np.array([-1.0, 0, 0, 0, 0, 0]), mix, np.array([0.0, -1.6])), 6)
    assert skill.below[0] > 0.99
    assert skill.value[0] < skill.value[1:].min()


def test_intervals_cover_what_is_true() -> None:
    draws, covered, asked = np.random.default_rng(5), 0, 0
    for seed in range(40):
        effects = draws.normal(0, 0.5, 8)
        mix = draws.integers(5, 80, (8, 2))
        found = adjusted(_cells(seed, effects, mix, np.array([-0.5, 0.5])), 8)
        true = effects - effects.mean()
        covered += int((np.abs(found.effect - true) < 1.645 * found.deviation).sum())
        asked += 8
    assert 0.84 < covered / asked < 0.96


@pytest.mark.parametrize(("each", "flags"), [(15, (None, None)), (150, ("below", "above"))])
def test_case_3_on_equal_cases(each: int, flags: tuple[str | None, str | None]) -> None:
    company = Company()
    company.name("stage", 1, "First meeting")
    for seller, share in ((1, 1 / 3), (2, 2 / 3)):
        company.person(seller, "AB"[seller - 1])
        for number in range(each):
            deal = company.deal("open", START, owner=seller, source=1 + number % 2)
            company.passage(deal, 1, "advanced" if number < round(each * share) else "failed")
    a, b = rows(company, "adjusted_conversion", "owner", where={"stage": "First meeting"})
    assert (a["flag"], b["flag"]) == flags
    assert a["raw"] < a["value"] < 0.5 < b["value"] < b["raw"]
    assert a["low"] < a["value"] < a["high"]
    assert a["adjusted_for"] == "source"


@pytest.mark.parametrize("unsaid", [None, 0])
def test_a_size_that_only_winners_have_is_not_held_against_the_others(unsaid: int | None) -> None:
    """Maven's file has 0 on every lost deal: the size would say who lost, and everybody would be as good."""
    company = Company()
    for seller in (1, 2):
        company.person(seller, "AB"[seller - 1])
        for number in range(40):
            won = number % 4 < seller
            company.deal("won" if won else "lost", owner=seller, value_base=10 ** (1 + number % 3) if won else unsaid)
    a, b = rows(company, "adjusted_win_rate", "owner")
    assert (a["adjusted_for"], b["adjusted_for"]) == ("", "")
    assert a["value"] < b["value"]
    (whole,) = rows(company, "adjusted_win_rate")
    assert whole["value"] == whole["raw"] == pytest.approx(30 / 80)


@settings(max_examples=15, deadline=None)
@given(company=companies(), period=st.none() | st.tuples(st.integers(0, 70), st.integers(0, 60)))
def test_equal_cases_are_what_the_slow_definition_says(company: Company, period: tuple[int, int] | None) -> None:
    start = START.date() + dt.timedelta(days=period[0]) if period else None
    end = start + dt.timedelta(days=period[1]) if start and period else None
    slow = people.Slow(company.rows, "UTC", LATER)
    for metric in ("adjusted_conversion", "adjusted_win_rate"):
        for by in (None, "owner", "month"):
            found = {
                row[by] if by else None: row for row in rows(company, metric, *filter(None, [by]), start=start, end=end)
            }
            expected = case_mix.answer(slow, metric, by, start, end)
            assert found.keys() == expected.keys()
            for label, row in expected.items():
                for name, value in row.items():
                    near = pytest.approx(value, abs=1e-3) if isinstance(value, float) else value
                    assert found[label][name] == near, (metric, label, name)
