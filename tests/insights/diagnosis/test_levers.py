"""Which lever adds most, and when that cannot be told (R17)."""

from __future__ import annotations

import numpy as np
import pytest

from leadline.insights.diagnosis.levers import levers
from leadline.insights.diagnosis.levers_benchmark import benchmark
from leadline.insights.fitted.fitting import fit
from leadline.insights.ledger.ledger import NOBODY
from tests.insights.fitted import companies


@pytest.mark.parametrize(
    ("scenario", "area", "what"),
    [
        ("leaky_stage", "selling", "conversion"),
        ("lead_drought", "lead_generation", "leads"),
        ("slow_response", "lead_management", "lead_conversion"),
        ("small_deals", "selling", "size"),
    ],
)
def test_the_planted_fault_is_the_constraint(scenario, area, what):
    ledger, truth = companies.company(scenario, 11, 12, 6_000)
    found = levers(fit(ledger))
    assert found.verdict == "told"
    first = found.constraint
    assert (first.area, first.what) == (area, what)
    assert first.place.stage == (truth.stage if what == "conversion" else NOBODY)
    if what == "leads":
        assert first.place.source == truth.source
    assert 0 < first.gain.low < first.gain.value < first.gain.high
    assert first.largest > 0.5
    assert first.benchmark > 1.2 * first.now
    assert found.levers[0].gain.value == max(lever.gain.value for lever in found.levers)
    assert sum(lever.largest for lever in found.levers) <= 1 + 1e-9
    assert all(0 <= area.largest <= 1 for area in found.areas)


def test_even_quarters_have_no_best():
    rng = np.random.default_rng(1)
    even = benchmark(np.full(8, 0.3), np.full(8, 0.1), 2, 300, rng)
    assert np.allclose(even.best, even.now)
    lucky = 0
    for seed in range(40):
        noise = 0.1 * np.random.default_rng(seed).standard_normal(8)
        found = benchmark(noise, np.full(8, 0.1), 2, 300, rng)
        lucky += np.quantile(found.best - found.now, 0.05) > 0
    assert lucky <= 2  # the largest of luck alone is not taken for a benchmark
    fallen = benchmark(np.array([0.0] * 6 + [-0.36] * 2), np.full(8, 0.05), 2, 300, rng)
    assert np.median(fallen.best - fallen.now) == pytest.approx(0.36, abs=0.05)
    assert fallen.first in (0, 1, 2)
    assert benchmark(np.array([np.nan, np.nan, 0.1, 0.2]), np.full(4, 0.1), 2, 300, rng) is None


def test_a_target_counts_before_the_own_best():
    ledger, _truth = companies.company()
    fitted = fit(ledger)
    stage = int(fitted.stages[1])
    found = levers(fitted, {("conversion", stage, NOBODY): 0.9})
    lever = next(one for one in found.levers if one.what == "conversion" and one.place.stage == stage)
    assert lever.by == "target"
    assert lever.benchmark == pytest.approx(0.9)
    assert found.constraint == lever


@pytest.mark.parametrize(
    ("name", "ledger"), list(companies.poor()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_levers_of_poor_records(name, ledger):
    found = levers(fit(ledger))
    assert found.verdict in ("told", "several", "nothing", "short")
    for lever in found.levers:
        assert np.isfinite([lever.now, lever.benchmark, lever.gain.value, lever.gain.low, lever.gain.high]).all()
    if name in ("0 deals", "no wins", "no values", "twenty days"):
        assert found.verdict == "short"
        assert found.constraint is None
