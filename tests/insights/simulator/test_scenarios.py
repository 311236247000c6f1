"""Each scenario holds its fault at its strength, and is otherwise the healthy company of the same seed, row by row."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from leadline.insights.simulator.company import DAY, MIDDLE, QUALIFYING, LeadStatus, Part, Revenue, Status
from leadline.insights.simulator.parameters import OUTREACH, WEAKEST, WEB
from leadline.insights.simulator.scenarios import SCENARIOS
from tests.insights.simulator.populations import Population, assert_share, population
from tests.insights.simulator.test_population_records import untraced

OF_A_JOURNEY = {"created", "status", "closed", "stage", "expected", "first_expected", "lost_reason", "value", "amount"}
OF_A_JOURNEY |= {"first_amount", "owner", "first_owner", "handed"}  # of owners: where one leaves meanwhile
OF_OWNERS = {"originator"}
ANSWERED = {"responded", "mql", "sql", "sal", "handed", "stage", "status", "closed"}
SINCE = ("lead_drought", "slow_response", "leaky_stage", "slow_stage", "inbound_only", "player_coach", "small_deals")

# What may differ in rows of deals that both companies have, and what of leads; nothing else does.
DIFFER: dict[str, tuple[set[str], set[str]]] = {
    "healthy": (set(), set()),
    "lead_drought": (set(), set()),
    "slow_response": (OF_A_JOURNEY | OF_OWNERS, ANSWERED),
    "leaky_stage": (OF_A_JOURNEY, set()),
    "slow_stage": (OF_A_JOURNEY, set()),
    "one_weak_seller": (OF_A_JOURNEY, set()),
    "mix_not_skill": (OF_A_JOURNEY | OF_OWNERS, {"owner", "originator"}),
    "unqualified_push": (OF_A_JOURNEY | {"unqualified"}, set()),
    "fluff_surge": (set(), set()),
    "whale_dependence": ({"value", "amount", "first_amount"}, set()),
    "misattribution": ({"source", "campaign", "originator"}, {"source", "campaign", "originator"}),
    "inbound_only": (set(), set()),
    "ramp_slow": (OF_A_JOURNEY | OF_OWNERS, {"owner", "originator"}),
    "player_coach": (OF_A_JOURNEY | OF_OWNERS, set()),
    "small_deals": ({"value", "amount", "first_amount"}, set()),
}  # fmt: skip
OF_PLACE = {"lead", "account", "deal"}  # places move where rows are missing
OF_LATE = {"sql", "sal", "stage", "status", "closed", "handed"}  # a deal written down when it closed moves its lead


def changed(healthy: Any, other: Any) -> tuple[set[str], Any, Any]:
    """(columns that differ in rows of the same key, the rows of either)."""
    _, before, after = np.intersect1d(healthy.key, other.key, return_indices=True)
    names = {
        field.name
        for field in fields(healthy)
        if field.name not in OF_PLACE
        and not np.array_equal(
            getattr(healthy, field.name)[before],
            getattr(other, field.name)[after],
            equal_nan=field.name in {"value", "amount", "first_amount", "fit"},
        )
    }
    return names, before, after


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_else_differs(scenario: str) -> None:
    healthy, other = population(), population(scenario)
    of_deals, of_leads = DIFFER[scenario]
    deals, before, after = changed(healthy.deals, other.deals)
    assert deals <= of_deals
    assert changed(healthy.leads, other.leads)[0] <= of_leads | (OF_LATE if "created" in of_deals else set())
    assert len(after) > 0.97 * min(len(other.deals), len(healthy.deals))
    assert np.array_equal(healthy.deals.fluff[before], other.deals.fluff[after])
    if scenario in SINCE:  # what was over before it began is the same
        over = (healthy.deals.closed[before] > 0) & (healthy.deals.closed[before] < other.truth.begins)
        assert np.array_equal(healthy.deals.closed[before][over], other.deals.closed[after][over])
        assert np.array_equal(healthy.deals.value[before][over], other.deals.value[after][over], equal_nan=True)


def test_strengths_are_those_of_the_design() -> None:
    assert set(SCENARIOS) == set(DIFFER)
    told = {name: one.strength for name, one in SCENARIOS.items()}
    assert told["lead_drought"] == {"rate": 0.45, "share_before": 0.40}
    assert told["slow_response"] == {"hours_before": 4, "hours": 48, "conversion": 0.7}
    assert told["leaky_stage"] == {"conversion": 0.7}
    assert told["slow_stage"] == {"time": 2}
    assert told["one_weak_seller"] == {"conversion": 0.55}
    assert told["mix_not_skill"] == {"share": 0.80, "team_share": 0.25}
    assert told["unqualified_push"] == {"odds": 3}
    assert told["fluff_surge"] == {"days": 10, "share": 0.25}
    assert told["whale_dependence"] == {"share": 0.35, "next": 0.04}
    assert told["misattribution"] == {"share": 0.40}
    assert told["inbound_only"] == {"share_before": 0.60, "share": 0.92}
    assert told["ramp_slow"] == {"months": 9, "months_before": 4}
    assert told["player_coach"] == {"share": 0.30, "wins": 0.8}
    assert told["small_deals"] == {"value": 0.7}
    assert {name for name, one in SCENARIOS.items() if one.begins} == set(SINCE)
    assert {one.begins for one in SCENARIOS.values()} == {6, None}


def since(one: Population, moments: Any) -> Any:
    return moments >= one.truth.begins


def test_leads_that_stay_away() -> None:
    healthy = population()
    drought, inbound = population("lead_drought"), population("inbound_only")
    before = since(drought, healthy.leads.created) & (healthy.leads.source == WEB)
    kept = np.isin(healthy.leads.key[before], drought.leads.key)
    assert_share(kept, 0.45, "leads of the source that dries up")
    late = since(inbound, inbound.leads.created)
    assert_share((inbound.leads.source < 2)[~late], 0.60, "inbound before", slack=0.01)
    assert_share((inbound.leads.source < 2)[late], 0.92, "inbound since", slack=0.01)
    total = late.sum() / since(inbound, healthy.leads.created).sum()
    assert total == pytest.approx(0.6 / 0.92, abs=0.03)


def test_slow_response() -> None:
    healthy, one = population(), population("slow_response")
    seen = one.leads.created < one.simulation.company.until - 45 * DAY
    hours = (one.leads.responded - one.leads.created) / 3600
    answered, late = (one.leads.responded > 0) & seen, since(one, one.leads.created)
    assert np.median(hours[answered & ~late]) == pytest.approx(4, rel=0.1)
    assert np.median(hours[answered & late]) == pytest.approx(48, rel=0.12)
    would = (healthy.leads.status == LeadStatus.CONVERTED)[late & seen]
    assert_share((one.leads.status == LeadStatus.CONVERTED)[late & seen][would], 0.7, "still deals", slack=0.02)


def advanced(one: Population, stage: int) -> tuple[Any, Any]:
    """(whether a deal advanced from the stage, NaN where it never was there or is there still; when it entered)."""
    visits, deals = one.visits, one.deals
    far = np.maximum.reduceat(visits.stage, visits.offsets[:-1])
    deal = np.repeat(np.arange(len(deals)), np.diff(visits.offsets))
    entered = np.full(len(deals), np.iinfo(np.int64).max)
    np.minimum.at(entered, deal[visits.stage == stage], visits.entered[visits.stage == stage])
    there = entered < np.iinfo(np.int64).max
    on = (far > stage) | (deals.status == Status.WON)
    known = there & (on | (deals.status != Status.OPEN))
    return np.where(known, on.astype(float), np.nan), entered


def test_leaky_stage() -> None:
    healthy, one = population(), population("leaky_stage")
    _, before, after = changed(healthy.deals, one.deals)
    was, entered = (column[before] for column in advanced(healthy, MIDDLE))
    now = advanced(one, MIDDLE)[0][after]
    late = since(one, entered) & ~np.isnan(now)
    assert_share(now[late & (was == 1)] == 1, 0.7, "still advance", slack=0.03)
    assert (now[late & (was == 0)] == 0).all()
    owners = one.deals.owner[after][late & (was == 1) & (now == 0)]
    assert len(set(owners)) >= 8, "with everybody"


def test_slow_stage() -> None:
    healthy, one = population(), population("slow_stage")

    def stays(of: Population) -> Any:
        visits = of.visits
        moved = (np.diff(visits.stage) == 1) & (visits.stage[:-1] == MIDDLE)
        days = np.diff(visits.entered)[moved] / DAY
        begun = visits.entered[:-1][moved]
        return np.median(days[(begun > one.truth.begins) & (begun < one.truth.begins + 90 * DAY) & (days > 0.5)])

    assert stays(one) / stays(healthy) == pytest.approx(2, rel=0.25)


def test_one_weak_seller() -> None:
    healthy, one = population(), population("one_weak_seller")
    _, before, after = changed(healthy.deals, one.deals)
    was, now = advanced(healthy, MIDDLE)[0][before], advanced(one, MIDDLE)[0][after]
    theirs = one.deals.owner[after] == one.truth.person
    assert_share(now[theirs & (was == 1) & ~np.isnan(now)] == 1, 0.55, "still advance", slack=0.02)
    assert np.array_equal(was[~theirs], now[~theirs], equal_nan=True)
    fair = 1 / (one.simulation.company.people.part == Part.CLOSER).sum()
    assert 0.5 * fair < (healthy.deals.owner == one.truth.person).mean() < 3 * fair
    assert (one.truth.skill[one.truth.person] == 0).all()


def test_mix_not_skill() -> None:
    one = population("mix_not_skill")
    new = one.deals.revenue == Revenue.NEW
    theirs = new & (one.deals.first_owner == one.truth.person)
    assert_share((one.deals.source == WEAKEST)[theirs], 0.80, "theirs from the weakest source", slack=0.03)
    assert_share((one.deals.source == WEAKEST)[new], 0.25, "everybody's", slack=0.02)
    assert (one.truth.skill[one.truth.person] == 0).all()


def test_unqualified_push() -> None:
    healthy, one = population(), population("unqualified_push")
    _, before, after = changed(healthy.deals, one.deals)
    won = Status.WON
    assert np.array_equal(healthy.deals.status[before] == won, one.deals.status[after] == won)
    was, now = advanced(healthy, QUALIFYING)[0], advanced(one, QUALIFYING)[0]
    theirs = (healthy.deals.owner == one.truth.person, one.deals.owner == one.truth.person)
    odds = [np.nanmean(rate[who]) / (1 - np.nanmean(rate[who])) for rate, who in zip((was, now), theirs, strict=True)]
    assert odds[1] / odds[0] == pytest.approx(3, rel=0.3)
    assert set(one.deals.owner[one.deals.unqualified]) == {one.truth.person}
    assert not (one.deals.unqualified & (one.deals.status == won)).any()


def test_fluff_surge() -> None:
    one = population("fluff_surge")
    deals, days = one.deals, np.datetime64("1970-01-01") + one.deals.created // DAY
    ends = (days.astype("datetime64[M]").astype(int) // 3 * 3 + 3).astype("datetime64[M]").astype("datetime64[D]")
    last = (ends - days).astype(int) <= 10
    assert_share(deals.fluff[last], 0.25, "fluff in the last days")
    assert not deals.fluff[~last].any()
    assert not np.isin(np.flatnonzero(deals.fluff), one.activities.deal).any(), "never touched"
    pushes = np.diff(one.pushes.offsets)
    assert pushes[deals.fluff].mean() > 2 * pushes[~deals.fluff].mean()
    assert not (deals.fluff & (deals.status == Status.WON)).any()


@pytest.mark.parametrize("sellers", [6, 10])
def test_whale_dependence(sellers: int) -> None:
    one = population("whale_dependence", sellers=sellers, deals=1500 if sellers == 6 else 5000)
    year = (one.deals.status == Status.WON) & (one.deals.closed >= one.simulation.company.until - 365 * DAY)
    booked = np.sort(np.nan_to_num(one.deals.value[year]))[::-1]
    assert booked[0] / booked.sum() == pytest.approx(0.35, abs=0.002)
    assert booked[1] / booked.sum() < 0.04


def test_misattribution() -> None:
    one = population("misattribution")
    assert_share(untraced(one), 0.40, "without a trace", slack=0.015)
    false = one.leads.source != one.leads.true_source
    assert set(one.leads.source[false]) == {OUTREACH}
    assert set(one.simulation.company.people.part[one.leads.owner[false]]) == {Part.INBOUND}


def test_ramp_slow() -> None:
    """Who came in the last year is as productive after nine months as others after four."""
    healthy, one = population(deals=20_000, sellers=30), population("ramp_slow", deals=20_000, sellers=30)
    people, until = one.simulation.company.people, one.simulation.company.until
    new = np.flatnonzero((people.part == Part.CLOSER) & (people.hired_on > until // DAY - 365))
    assert len(new) >= 4
    deals = {}
    for name, of in (("healthy", healthy), ("slow", one)):
        months = (of.deals.created // DAY - people.hired_on[of.deals.first_owner]) / 30.44
        deals[name] = (np.isin(of.deals.first_owner, new) & (months < 5)).sum()
    assert deals["slow"] < 0.92 * deals["healthy"]
    early = (people.part == Part.CLOSER) & (people.hired_on < until // DAY - 366)
    assert (
        np.isin(one.deals.owner, np.flatnonzero(early)).sum()
        > np.isin(healthy.deals.owner, np.flatnonzero(early)).sum()
    )


def test_player_coach() -> None:
    healthy, one = population(), population("player_coach")
    _, before, after = changed(healthy.deals, one.deals)
    people = one.simulation.company.people
    team = people.team[one.deals.owner] == one.truth.team
    leader = np.flatnonzero((people.part == Part.LEADER) & (people.team == one.truth.team))[0]
    open_ = team & (one.deals.status == Status.OPEN)
    value = np.nan_to_num(one.deals.value)
    assert value[open_ & (one.deals.owner == leader)].sum() / value[open_].sum() == pytest.approx(0.30, abs=0.06)
    assert 0.2 < (one.deals.owner == leader)[open_].mean() < 0.4
    would = team[after] & (healthy.deals.status[before] == Status.WON) & since(one, healthy.deals.closed[before])
    assert_share((one.deals.status[after] == Status.WON)[would], 0.8, "still won", slack=0.03)


def test_small_deals() -> None:
    healthy, one = population(), population("small_deals")
    won = (one.deals.status == Status.WON) & ~np.isnan(one.deals.value)
    late = won & since(one, one.deals.closed)
    assert np.median(one.deals.value[late] / healthy.deals.value[late]) == pytest.approx(0.7, abs=0.01)
    assert np.array_equal(one.deals.value[won & ~late], healthy.deals.value[won & ~late])
    assert np.array_equal(one.deals.value[~won], healthy.deals.value[~won], equal_nan=True)
