"""Everyone, these people, or the mix (R18): the mixed model against slow second ones, and what is said of companies."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize, special

from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.cases import cases
from leadline.insights.diagnosis.people.everyone import everyone
from leadline.insights.diagnosis.people.model import HELD, people
from leadline.insights.diagnosis.people.outliers import outliers, tails
from leadline.insights.diagnosis.people.verdicts import verdicts
from leadline.insights.ledger.ledger import Facts
from leadline.insights.ledger.passages import passages
from leadline.insights.ledger.rows import stacked, taken
from leadline.insights.numbers.case_mix import Cells
from tests.insights.fitted import companies


def drawn(seed: int, count: int = 12, spread: float = 0.5, trials: int = 60) -> Cells:
    """Three sources that make a difference, dealt out unevenly; the first person is far below the others."""
    rng = np.random.default_rng(seed)
    skill = spread * rng.standard_normal(count)
    skill[0] = -1.5
    person, source = (each.ravel() for each in np.meshgrid(np.arange(count), np.arange(3), indexing="ij"))
    of = rng.integers(5, trials, len(person)).astype(float)
    chance = special.expit(0.4 + np.array([0.5, 0.0, -0.8])[source] + skill[person])
    return Cells((source,), person, rng.binomial(of.astype(int), chance).astype(float), of)


def test_the_mixed_model_says_what_another_program_says():
    statsmodels = pytest.importorskip("statsmodels.genmod.bayes_mixed_glm")
    cells = drawn(5)
    found = people(cells, np.arange(12, dtype=np.int32))
    rows = np.repeat(np.arange(len(cells.person)), cells.trials.astype(int))
    success = np.concatenate([np.arange(n) < k for k, n in zip(cells.successes, cells.trials, strict=True)])
    fixed = np.column_stack([np.ones(len(rows)), *(cells.factors[0][rows] == level for level in (1, 2))])
    random = (cells.person[rows][:, None] == np.arange(12)).astype(float)
    other = statsmodels.BinomialBayesMixedGLM(
        success.astype(float), fixed.astype(float), random, np.zeros(12, int), vcp_p=1.0, fe_p=0.5
    ).fit_map()
    theirs = other.vc_mean - other.vc_mean.mean()
    assert np.abs(found.effect - theirs).max() < 0.12
    assert found.spread.low < np.exp(other.vcp_mean[0]) < found.spread.high
    assert found.share.low < found.share.value < found.share.high < 1
    assert (found.low < found.effect).all()
    assert (found.effect < found.high).all()
    assert found.effect.argmin() == 0


def test_what_somebody_s_own_cases_say_is_the_fit_in_which_they_alone_are_free():
    cells = drawn(8, count=6, trials=200)
    found = people(cells, np.arange(6, dtype=np.int32))
    precise = np.full(1 + 3 + 6, 0.25**-2)
    precise[0], precise[1:4] = 1e-6, HELD**-2
    design = np.column_stack([np.ones(18), np.eye(3)[cells.factors[0]], np.eye(6)[cells.person]])

    def eta_of(at):
        return design @ at

    for person in range(6):
        free = precise.copy()
        free[4 + person] = 1e-6

        def height(at, free=free):
            eta = eta_of(at)
            fit = cells.successes @ eta - cells.trials @ np.logaddexp(0, eta)
            return -fit + 0.5 * free @ at**2

        slow = optimize.minimize(height, np.zeros(10), method="BFGS")
        assert found.alone[person] == pytest.approx(slow.x[4 + person], abs=0.1)
        chance = special.expit(eta_of(slow.x))
        bend = design.T @ (design * (cells.trials * chance * (1 - chance))[:, None]) + np.diag(free)
        assert found.doubt[person] == pytest.approx(np.linalg.inv(bend)[4 + person, 4 + person] ** 0.5, rel=0.15)


def test_p_is_no_smaller_than_it_may_be_and_sees_who_is_far_out():
    """In companies of ordinary differences, and of larger ones, after all have been looked at."""
    rng = np.random.default_rng(4)
    for spread, count in ((0.25, 8), (0.25, 30), (0.5, 30)):
        owner = np.tile(np.arange(count), 5).astype(np.int32)
        first = []
        for _ in range(200):
            doubt = rng.uniform(0.15, 0.5, len(owner))
            value = rng.standard_normal(len(owner)) * np.hypot(spread, doubt)
            first.append(tails(owner, value, doubt)[0].min() * len(owner) < 0.05)
        assert np.mean(first) < 0.10
    value[0], doubt[0] = -3.0, 0.2
    assert tails(owner, value, doubt)[0][0] * len(owner) < 0.01
    alike = tails(np.zeros(1, np.int32), np.zeros(1), np.ones(1))
    assert [float(each[0]) for each in alike] == pytest.approx([0.5, 0.5])


def test_whoever_looked_at_first_stays_the_same_when_only_some_are_asked_about():
    ledger, _truth = companies.company("one_weak_seller", 11, 12, 6_000)
    found = outliers(everyone(ledger).people)
    some = found.of(found.stage == 2)
    assert (some.low == found.low[found.stage == 2]).all()
    assert some.weight.mean() == pytest.approx(1.0)
    assert (found.family(found.low) >= found.low - 1e-12).sum() > 0
    assert (some.family(some.low) <= 1).all()


@pytest.mark.parametrize(
    ("scenario", "scope"), [("one_weak_seller", "people"), ("mix_not_skill", "mix"), ("leaky_stage", "everyone")]
)
def test_a_stage_is_said_to_be_everyone_s_some_people_s_or_the_mix_s(scenario, scope):
    ledger, truth = companies.company(scenario, 11, 12, 6_000)
    found = {one.stage: one for one in verdicts(ledger)}
    about = found[truth.stage if truth.stage >= 0 else 2]
    assert about.scope == scope
    if scope == "everyone":
        assert about.level < about.was
        assert about.p < 0.01
    else:
        assert about.who == (truth.person,)


def test_nobody_is_blamed_in_a_healthy_company_and_a_small_one_says_how_much_is_missing():
    assert not {one.scope for one in verdicts(companies.company("healthy", 11, 12, 6_000)[0])} & {"people", "mix"}
    ledger, _truth = companies.company()
    found = verdicts(ledger)
    assert all(one.more > 0 for one in found if one.scope == "unknown")
    assert any(one.scope == "unknown" for one in found)
    for name, poor in companies.poor():
        with suppress(Missing):
            found = verdicts(poor)
            assert all(np.isfinite([one.level, one.was, one.p]).all() for one in found), name
            assert not any(one.who for one in found), name


def test_passages_that_changed_hands_are_nobody_s_skill():
    whole, _truth = companies.company()
    rng = np.random.default_rng(6)
    deal = rng.integers(0, len(whole.deals), 600).astype(np.int32)  # some of them several times
    since = whole.deals.created[deal] + rng.uniform(0, 60, 600)
    owners = stacked([whole.owners, Facts(deal, since, np.full(600, 2.0))])
    ledger = replace(whole, owners=taken(owners, np.lexsort((owners.since, owners.deal))))
    every, kept = passages(ledger), cases(ledger)
    slow = sum(
        1
        for n in range(len(every))
        if every.outcome[n] and not every.skipped[n] and every.owner[n] >= 0 and every.stage[n] >= 0
        and not any(every.entered[n] < at < every.ended[n] for at in since[deal == every.deal[n]])
    )  # fmt: skip
    assert len(kept) == slow < len(cases(whole))
    unknown = replace(ledger, staff=replace(ledger.staff, hired=np.full(len(ledger.staff.hired), np.nan)))
    assert len(np.unique(cases(unknown).tenure)) == 1
