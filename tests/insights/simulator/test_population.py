"""A healthy company is what its parameters say: each is counted again from the records, over three seeds."""

from __future__ import annotations

import numpy as np
import pytest

from leadline.insights.simulator.company import DAY, STAGES, LeadStatus, Part, Revenue, Status
from leadline.insights.simulator.parameters import (
    CREATED_IN,
    CURRENCY_SHARE,
    FOLLOWED_UP,
    LIFT,
    OUTREACH,
    SIZE,
    SKILL_SPREAD,
    VALUE,
    VALUE_SPREAD,
)
from tests.insights.simulator.populations import SURE, Population, assert_share, population, stacked

YEAR = 365 * DAY


@pytest.fixture(scope="module")
def three() -> list[Population]:
    return [population(seed=seed) for seed in (1, 2, 3)]


def test_about_as_many_deals_as_asked_for(three: list[Population]) -> None:
    for one in three:
        assert abs(len(one.deals) - 5000) < 0.06 * 5000


def test_leads_come_from_their_sources_and_become_deals(three: list[Population]) -> None:
    truth = three[0].truth
    source, status = stacked(three, "leads", "source"), stacked(three, "leads", "status")
    company, created = three[0].simulation.company, stacked(three, "leads", "created")
    settled = (created >= company.start) & (created < company.until - 200 * DAY)
    for place, share in enumerate(truth.source_share):  # the slack: weeks are better and worse
        assert_share((source == place)[created >= company.start], share, f"source {place}", slack=0.01)
        own = (source == place) & settled
        assert_share(
            status[own] == LeadStatus.CONVERTED, truth.source_conversion[place], f"conversion {place}", slack=0.01
        )
    responded = stacked(three, "leads", "responded")
    assert_share((responded > 0)[created >= company.start], FOLLOWED_UP, "followed up", slack=0.005)
    hours = (responded - created)[responded > 0] / 3600
    assert np.median(hours) == pytest.approx(4, rel=0.05)


def test_stages_convert_as_planned(three: list[Population]) -> None:
    """Counted as passages are: entered from where it was created to where it got, advanced by going on or being won."""
    company, created = three[0].simulation.company, stacked(three, "deals", "created")
    settled = (created >= company.start) & (created < company.until - 300 * DAY)
    rows = settled & (stacked(three, "deals", "revenue") == Revenue.NEW) & (stacked(three, "deals", "closed") > 0)
    begun = np.concatenate([one.visits.stage[one.visits.offsets[:-1]] for one in three])[rows]
    far = np.concatenate([np.maximum.reduceat(one.visits.stage, one.visits.offsets[:-1]) for one in three])[rows]
    won = stacked(three, "deals", "status")[rows] == Status.WON
    for stage in range(STAGES):
        entered = (begun <= stage) & (far >= stage)
        advanced = (far > stage) | won
        assert_share(advanced[entered], three[0].truth.conversion[stage], f"stage {stage}", slack=0.012)


def test_stays_last_as_planned(three: list[Population]) -> None:
    for one in three:
        visits, company = one.visits, one.simulation.company
        deal = np.repeat(np.arange(len(one.deals)), np.diff(visits.offsets))
        moved = deal[1:] == deal[:-1]
        on = moved & (visits.stage[1:] == visits.stage[:-1] + 1) & ~one.deals.late[deal[1:]]
        early = (visits.entered[:-1] > company.start) & (visits.entered[:-1] < company.until - YEAR)
        days = np.diff(visits.entered) / DAY
        for stage in (1, 2):
            stay = days[on & early & (visits.stage[:-1] == stage) & (days > 0.1)]  # not those clicked in one go
            assert np.median(stay) == pytest.approx(one.truth.days_on[stage], rel=0.15)


def test_values_have_a_log_normal_body_and_a_pareto_tail(three: list[Population]) -> None:
    new = stacked(three, "deals", "revenue") == Revenue.NEW
    value, source = stacked(three, "deals", "value"), stacked(three, "deals", "source")
    sized = (value / VALUE / SIZE[source])[new & ~np.isnan(value)]
    assert np.median(sized) == pytest.approx(1, rel=0.05)
    quartiles = np.log(np.quantile(sized, [0.25, 0.75]))
    assert quartiles[1] - quartiles[0] == pytest.approx(2 * 0.6745 * VALUE_SPREAD, rel=0.08)
    begins = np.exp(1.645 * VALUE_SPREAD)
    tail = sized[sized > begins]
    assert_share(sized > begins, 0.05, "tail", slack=0.005)
    assert 1 / np.log(tail / begins).mean() == pytest.approx(2.5, rel=0.2)  # Hill's estimator
    assert sized.max() < 21


def test_weaker_sources_win_less_often(three: list[Population]) -> None:
    new = stacked(three, "deals", "revenue") == Revenue.NEW
    source, status = stacked(three, "deals", "source"), stacked(three, "deals", "status")
    decided = new & np.isin(status, (Status.WON, Status.LOST))
    rates = [(status == Status.WON)[decided & (source == place)].mean() for place in range(len(LIFT))]
    assert np.argmin(rates) == OUTREACH
    assert np.corrcoef(rates, LIFT)[0, 1] > 0.9


def test_customers_buy_again_after_their_first_deal(three: list[Population]) -> None:
    for one in three:
        deals = one.deals
        root, started = deals.key // 4, one.simulation.company.start
        bought = dict(zip(root[deals.revenue == 0], deals.closed[deals.revenue == 0], strict=True))
        more = np.flatnonzero(deals.revenue != Revenue.NEW)
        assert len(more) > 0.05 * len(deals)
        for row in more[~deals.late[more]]:  # whoever bought before the records begin is not in them
            assert 0 < bought.get(root[row], 1) < deals.created[row]
        early = (deals.created[more] < started + YEAR).sum()
        assert 0.5 < early / (len(more) - early) < 1.2, "from the first year on"
        assert set(deals.lead[more]) == {-1}


def test_people_differ_and_are_here_when_they_work(three: list[Population]) -> None:
    skill = np.concatenate([np.delete(one.truth.skill, 1, axis=0).ravel() for one in three])
    assert skill.std() == pytest.approx(SKILL_SPREAD, abs=SURE * SKILL_SPREAD / np.sqrt(2 * len(skill)))
    for one in three:
        people, deals = one.simulation.company.people, one.deals
        created = deals.created // DAY
        assert (people.hired_on[deals.first_owner] <= created).all()
        left = people.left_on[deals.first_owner]
        assert ((left == 0) | (left >= created)).all()
        assert set(people.part[deals.owner]) <= {Part.LEADER, Part.CLOSER, Part.ACCOUNT_MANAGER}
        gone = people.left_on[deals.owner]
        assert not ((deals.status == Status.OPEN) & (gone > 0)).any(), "somebody took over"


def test_records_begin_in_any_stage_and_in_several_currencies(three: list[Population]) -> None:
    begun = np.concatenate([one.visits.stage[one.visits.offsets[:-1]] for one in three])
    for stage, share in enumerate(CREATED_IN):
        assert_share(begun == stage, share, f"created in {stage}")
    for place, share in enumerate(CURRENCY_SHARE):
        assert_share(stacked(three, "deals", "currency") == place, share, f"currency {place}")


def test_targets_are_within_reach_and_add_up(three: list[Population]) -> None:
    for one in three:
        company, targets = one.simulation.company, one.simulation.company.targets
        booked = np.nansum(one.deals.value[one.deals.status == Status.WON])
        wanted = targets.amount[targets.person >= 0].sum()
        assert 0.4 < booked / wanted < 1.3
        assert targets.amount[targets.team >= 0].sum() == pytest.approx(wanted, rel=0.06)
        assert company.people.carries_quota[targets.person[targets.person >= 0]].all()
