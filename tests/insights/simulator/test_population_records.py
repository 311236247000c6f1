"""Records are as dirty as those of a real pipeline were counted to be, and still hold together."""

from __future__ import annotations

import numpy as np
import pytest

from leadline.insights.simulator.company import DAY, NEVER, LeadStage, LeadStatus, Part, Status, Work
from leadline.insights.simulator.parameters import OUTREACH, UNLOGGED_ORIGIN
from tests.insights.simulator.populations import Population, assert_share, first_moves, population, stacked


@pytest.fixture(scope="module")
def three() -> list[Population]:
    return [population(seed=seed) for seed in (1, 2, 3)]


def test_one_in_six_closed_deals_was_opened_that_day(three: list[Population]) -> None:
    created, closed = stacked(three, "deals", "created"), stacked(three, "deals", "closed")
    assert_share((created // DAY == closed // DAY)[closed > 0], 0.17, "closed on the day")
    assert (closed[closed > 0] > created[closed > 0]).all()


def test_stages_go_back_and_are_skipped(three: list[Population]) -> None:
    steps = np.concatenate([np.diff(one.visits.stage)[~first_moves(one.visits)[1:]] for one in three])
    assert_share(steps < 0, 0.056, "backward")
    assert_share(steps > 1, 0.024, "skipped")
    assert (steps != 0).all()
    edits = sum(len(one.pushes.at) + len(one.edits.deal) for one in three)
    assert len(steps) / (len(steps) + edits) == pytest.approx(0.47, abs=0.02)


def test_the_last_stage_is_clicked_through(three: list[Population]) -> None:
    stays = []
    for one in three:
        place = one.visits.offsets[1:] - 1
        closed = (one.visits.stage[place] == 4) & (one.deals.closed > 0)
        stays.append((one.deals.closed - one.visits.entered[place])[closed])
    assert np.median(np.concatenate(stays)) < 0.05 * DAY


def test_close_dates_are_pushed(three: list[Population]) -> None:
    pushes = np.concatenate([np.diff(one.pushes.offsets) for one in three])
    assert pushes[pushes > 0].mean() == pytest.approx(2.2, abs=0.1)
    moved = np.concatenate([one.pushes.now - one.pushes.was for one in three])
    assert_share(moved < 0, 140 / 1128, "pulled in")
    assert np.median(moved[moved > 0]) == pytest.approx(15, abs=1)
    for one in three:
        deal = np.repeat(np.arange(len(one.deals)), np.diff(one.pushes.offsets))
        total = np.bincount(deal, one.pushes.now - one.pushes.was, minlength=len(one.deals))
        assert np.array_equal(one.deals.expected - one.deals.first_expected, total.astype(int))


def test_amounts_and_reasons_are_missing(three: list[Population]) -> None:
    status, value = stacked(three, "deals", "status"), stacked(three, "deals", "value")
    assert_share(np.isnan(value[status == Status.WON]), 0.13, "won without an amount")
    assert_share((stacked(three, "deals", "lost_reason") >= 0)[status == Status.LOST], 1 / 6, "lost with a reason")
    assert (stacked(three, "deals", "lost_reason")[status != Status.LOST] == -1).all()
    for one in three:
        edited = one.deals.amount[one.edits.deal]
        assert np.array_equal(edited, one.edits.amount)
        left = np.setdiff1d(np.arange(len(one.deals)), one.edits.deal)
        assert np.array_equal(one.deals.first_amount[left], one.deals.amount[left], equal_nan=True)


def test_nothing_happens_out_of_turn(three: list[Population]) -> None:
    for one in three:
        company, deals, visits, leads = one.simulation.company, one.deals, one.visits, one.leads
        assert (np.diff(leads.created) >= 0).all()
        assert ((leads.created >= company.start) | (leads.deal >= 0)).all()
        assert ((deals.closed == NEVER) | (deals.closed >= company.start)).all()
        assert 0 < (deals.created < company.start).sum() < 0.12 * len(deals), "open when the records begin"
        first = first_moves(visits)
        assert np.array_equal(visits.entered[first], deals.created)
        assert (np.diff(visits.entered)[~first[1:]] > 0).all()
        over = np.where(deals.closed > 0, deals.closed, company.until)
        assert (visits.entered < over[np.repeat(np.arange(len(deals)), np.diff(visits.offsets))]).all()
        assert np.array_equal(deals.stage, visits.stage[visits.offsets[1:] - 1])
        assert np.array_equal(deals.status == Status.OPEN, deals.closed == NEVER)
        for moments in (deals.created, visits.entered, one.pushes.at, one.edits.at, one.activities.done):
            assert (moments < company.until).all()


def test_leads_and_deals_point_at_each_other(three: list[Population]) -> None:
    for one in three:
        leads, deals = one.leads, one.deals
        with_deal = np.flatnonzero(leads.deal >= 0)
        assert np.array_equal(deals.lead[leads.deal[with_deal]], with_deal)
        assert np.array_equal(leads.sal[with_deal], deals.created[leads.deal[with_deal]])
        assert np.array_equal(leads.status == LeadStatus.CONVERTED, leads.deal >= 0)
        assert np.array_equal(leads.stage == LeadStage.SAL, leads.sal > 0)
        assert (leads.sql[leads.sal > 0] <= leads.sal[leads.sal > 0]).all()
        assert np.array_equal(leads.account[with_deal], deals.account[leads.deal[with_deal]])


def test_work_is_done_on_records_that_are_there(three: list[Population]) -> None:
    for one in three:
        work, deals, leads = one.activities, one.deals, one.leads
        on_deal, done = work.deal >= 0, work.done > 0
        assert (on_deal ^ (work.lead >= 0)).all()
        own = on_deal & done
        closed = np.where(deals.closed > 0, deals.closed, one.simulation.company.until)
        assert (work.done[own] >= deals.created[work.deal[own]]).all()
        assert (work.done[own] <= closed[work.deal[own]]).all()
        assert (work.created <= np.where(done, work.done, work.due)).all()
        assert set(work.kind[work.replied > 0]) == {Work.EMAIL}
        per_deal = np.bincount(work.deal[own], minlength=len(deals))
        assert per_deal[deals.status == Status.WON].mean() > per_deal[deals.status == Status.LOST].mean() > 1
        won = deals.status == Status.WON
        assert 0 < (per_deal[won] == 0).mean() < 0.2
        answers = (work.lead >= 0) & done & (work.done == leads.responded[work.lead])
        assert np.array_equal(np.unique(work.lead[answers]), np.flatnonzero(leads.responded))


def test_outreach_leaves_a_trace_before_its_leads(three: list[Population]) -> None:
    for one in three:
        people = one.simulation.company.people
        assert set(people.part[one.leads.originator[one.leads.source == OUTREACH]]) == {Part.OUTBOUND}
        assert_share(untraced(one), UNLOGGED_ORIGIN, "without a trace", slack=0.01)


def untraced(one: Population) -> np.ndarray:
    """Of the leads credited to outreach: whether their originator did nothing before they were there."""
    work, leads = one.activities, one.leads
    own = (work.lead >= 0) & (work.done > 0)
    lead = work.lead[own]
    before = (work.owner[own] == leads.originator[lead]) & (work.done[own] < leads.created[lead])
    traced = np.bincount(lead[before], minlength=len(leads)) > 0
    return ~traced[leads.source == OUTREACH]
