"""All candidates are one family; what is explained stands under its cause; the most expensive comes first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from leadline.insights.diagnosis import multiplicity
from leadline.insights.diagnosis.explaining import explained
from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Finding, Place, Worth
from leadline.insights.diagnosis.multiplicity import rates
from leadline.insights.diagnosis.ordering import ordered

BASE = Candidate("stage_time", Place(), 0.01, 1.0, 0.99, None, (), Act("stage"), since=1_000.0)


def _finding(kind, place=None, **more):
    candidate = replace(BASE, kind=kind, place=place or Place(), **more)
    return Finding(f"{kind}{place}", candidate, 0.01)


def test_with_equal_weights_it_is_benjamini_and_hochberg(monkeypatch):
    monkeypatch.setattr(multiplicity, "WEIGHTS", {})
    p = np.random.default_rng(2).uniform(0, 1, 40) ** 3
    found = rates([replace(BASE, p=float(one), place=Place(stage=place)) for place, one in enumerate(p)], 500)
    assert found == pytest.approx(multipletests(p, method="fdr_bh")[1])
    assert not len(rates([], 0))


def test_false_findings_are_as_few_as_promised_whatever_the_weights():
    rng = np.random.default_rng(3)
    kinds = [*["fewer_leads"] * 5, *["stage_conversion"] * 5, "small_deals", "whale", "slow_response", "weak_person"]
    family = [replace(BASE, kind=kind, apart=(None, 1.0, 4.0, 9.0)[place % 4]) for place, kind in enumerate(kinds)]
    alarms = 0
    for _ in range(2_000):
        drawn = [replace(one, p=float(p)) for one, p in zip(family, rng.uniform(size=len(family)), strict=True)]
        alarms += bool((rates(drawn, 3_000) <= multiplicity.RATE).any())
    assert 0.03 < alarms / 2_000 < 0.065


def test_what_another_finding_explains_stands_under_it():
    stream = _finding("one_stream", Place(source=0), explains=("fewer_leads",), p=1e-9)
    fewer = [_finding("fewer_leads", Place(source=one)) for one in (1, 2)]
    coach = _finding("player_coach", Place(team=0), explains=("stage_conversion",))
    then, long_ago = (_finding("stage_conversion", Place(stage=n), since=1_000.0 - 200 * n) for n in (0, 1))
    found = explained([*fewer, stream, coach, then, long_ago])
    assert [one.key for one in found] == [stream.key, coach.key, long_ago.key]
    assert [one.place.source for one in found[0].shows] == [1, 2]
    assert [one.kind for one in found[1].shows] == ["stage_conversion"]
    weak, other = (_finding("weak_person", Place(person=one), since=None) for one in (3, 4))
    mix = _finding("mix", Place(person=3, source=2), explains=("weak_person",), since=None)
    assert [one.key for one in explained([weak, other, mix])] == [other.key, mix.key]


def test_the_most_expensive_comes_first_and_what_has_no_price_by_what_is_at_stake():
    dear = _finding("small_deals", worth=Worth(100.0, 50.0, 200.0), certainty=0.9)
    unsure = _finding("stage_time", worth=Worth(150.0, -50.0, 400.0), certainty=0.5)
    whale = _finding("whale", facts=(Fact("largest_share", 0.35, "share", was=0.05),))
    cheap = _finding("fewer_leads", worth=Worth(1.0, 0.5, 2.0))
    assert ordered([cheap, whale, unsure, dear], 1_000.0) == [whale, dear, unsure, cheap]
    assert ordered([cheap, whale, unsure, dear], 0.0) == [dear, unsure, cheap, whale]
