"""The checks of people and of trust: what is planted is seen at its place, and nothing is seen elsewhere."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache

import numpy as np
import pytest

from leadline.insights.diagnosis.checks import (
    attribution,
    fluff,
    mix,
    player_coach,
    slow_ramp,
    unqualified,
    weak_person,
    whale,
)
from leadline.insights.diagnosis.company_days import days, last_days
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.mixes import mixes
from leadline.insights.diagnosis.people.ramping import GRID, newcomers
from leadline.insights.fitted.fitting import fit
from tests.insights.fitted import companies

CHECKS = (weak_person, mix, unqualified, player_coach, slow_ramp, fluff, whale, attribution)
PLANTED = {
    "one_weak_seller": (weak_person, ("stage", "person")),
    "mix_not_skill": (mix, ("source", "person")),
    "unqualified_push": (unqualified, ("stage", "person")),
    "player_coach": (player_coach, ("team",)),
    "fluff_surge": (fluff, ()),
    "whale_dependence": (whale, ()),
    "misattribution": (attribution, ("source",)),
}


@lru_cache(maxsize=16)
def company(scenario):
    return companies.company.__wrapped__(scenario, 11, 12, 6_000)


@pytest.mark.parametrize("scenario", PLANTED)
def test_what_is_planted_is_seen_where_it_is_and_by_no_other_check(scenario):
    ledger, truth = company(scenario)
    right, places = PLANTED[scenario]
    for check in CHECKS:
        found = min(check.check(ledger, None), key=lambda one: one.p)
        if check is right:
            assert found.p < 0.005
            assert found.certainty > 0.75
            assert [getattr(found.place, word) for word in places] == [getattr(truth, word) for word in places]
            assert found.facts[0].n > 0
            assert found.facts[0].was is None or abs(found.facts[0].value - found.facts[0].was) > 0.03
        else:
            assert found.p > 0.01, check.__name__


def test_a_healthy_company_has_nothing_of_it():
    ledger, _truth = company("healthy")
    for check in CHECKS:
        assert all(one.p > 0.03 for one in check.check(ledger, None)), check.__name__


def test_a_weak_person_is_priced_and_a_second_one_named_too():
    ledger, truth = company("one_weak_seller")
    found = weak_person.check(ledger, fit(ledger))[0]
    assert 0 < found.worth.low < found.worth.value < found.worth.high
    assert found.facts[0].value < found.facts[1].value  # of what anybody would have converted
    opens = found.facts[0].opens
    assert opens.labels == {
        "owner": ledger.names["owner"].labels[truth.person],
        "stage": ledger.names["stage"].labels[truth.stage],
    }


def test_without_stages_people_are_compared_over_the_whole_way():
    ledger, truth = company("one_weak_seller")
    bare = replace(ledger, visits=replace(ledger.visits, stage=np.full(len(ledger.visits), -1, np.int32)))
    found = weak_person.check(bare, fit(ledger))[0]
    assert (found.place.person, found.place.stage) == (truth.person, -1)
    won = (ledger.deals.status == 1)[(ledger.deals.owner == truth.person) & (ledger.deals.status != 0)]
    assert found.facts[0].value == pytest.approx(won.mean())
    assert found.facts[0].opens.metric == "win_rate"
    assert found.worth.value > 0
    with pytest.raises(Missing):
        unqualified.check(bare, None)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.rpartition(".")[2])
def test_it_survives_whatever_is_missing(check):
    for name, ledger in companies.poor():
        with suppress(Missing):
            for one in check.check(ledger, None):
                _known(one)
                assert 0 <= one.p <= 1, name
                assert 0 <= one.certainty <= 1, name
                assert one.p > 0.01 or (check is whale and name == "a giant"), name


def _known(thing):
    if is_dataclass(thing):
        for one in fields(thing):
            _known(getattr(thing, one.name))
    elif isinstance(thing, tuple):
        for one in thing:
            _known(one)
    elif isinstance(thing, float | np.floating):
        assert np.isfinite(thing)


def test_a_trace_is_what_the_originator_did_before_the_lead_was_there():
    ledger, _truth = companies.company("misattribution", 5, 6, 600)
    leads, work = ledger.leads, ledger.activities
    done = {}
    for lead, deal, owner, when in zip(work.lead, work.deal, work.owner, work.done, strict=True):
        done.setdefault(("lead", int(lead)), []).append((owner, when))
        done.setdefault(("deal", int(deal)), []).append((owner, when))
    slow = []
    for n in range(len(leads)):
        own = done.get(("lead", n), []) + (done.get(("deal", int(leads.deal[n])), []) if leads.deal[n] >= 0 else [])
        slow.append(any(who == leads.originator[n] and when <= leads.created[n] for who, when in own))
    assert attribution.traced(ledger).tolist() == slow
    day_only = replace(leads, created=np.floor(leads.created))
    assert attribution.traced(replace(ledger, leads=day_only)).sum() > sum(slow) / 2


def test_a_mix_is_held_against_what_the_others_were_given_in_the_same_quarters():
    ledger, truth = company("mix_not_skill")
    found = mixes(ledger)
    row = found.owner.tolist().index(truth.person)
    assert found.source(row) == truth.source
    assert found.share[row, truth.source] == pytest.approx(0.8, abs=0.05)
    assert found.others[row, truth.source] < 0.25
    assert np.allclose(found.share.sum(axis=1), 1)
    assert np.allclose(found.others.sum(axis=1), 1)
    assert truth.person not in found.without(row).owner


def test_ramps_are_learnt_from_what_newcomers_take_on():
    ledger, _truth = companies.company("ramp_slow", 4, 30, 15_000)
    found = newcomers(ledger)
    late = found.hired > ledger.as_of - 365
    assert GRID[found.fit(late).argmax()] > GRID[found.fit(~late).argmax()]
    one = slow_ramp.check(ledger, None)[0]
    assert one.facts[0].value > one.facts[0].was
    assert one.facts[0].low < one.facts[0].value < one.facts[0].high


def test_the_whale_s_chance_falls_with_its_size_and_nobody_is_one_among_equals():
    sizes = np.exp(np.random.default_rng(2).standard_normal(400))
    chances = [whale.above(value, sizes) for value in (1.0, 5.0, 50.0, 500.0)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == pytest.approx((sizes >= 1.0).mean())
    assert whale.above(1.0, np.ones(10)) == 1.0


def test_quarters_end_on_the_company_s_own_days():
    ledger, _truth = companies.company()
    there = replace(ledger, zone="America/New_York")
    moments = np.array(
        ["2026-06-21T02:00", "2026-06-21T05:00", "2026-07-01T03:00", "2026-01-01T04:30"], "datetime64[s]"
    )
    when = moments.astype(np.int64) / 86_400
    assert last_days(ledger, days(ledger, when), 10).tolist() == [True, True, False, False]
    assert last_days(there, days(there, when), 10).tolist() == [False, True, True, True]
    assert last_days(replace(ledger, fiscal_start=2), days(ledger, when), 10).tolist() == [False] * 4
    assert np.isnan(days(ledger, np.array([np.inf])))[0]
