"""From when to when a deal stood in each stage."""

from __future__ import annotations

import datetime as dt

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Deal
from leadline.crm.visiting import days_in_stages, visits
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def after(days: float) -> dt.datetime:
    return NOON + dt.timedelta(days=days)


@pytest.fixture
def deal() -> Deal:
    return make.deal(created_at=NOON, at=NOON)


def names(deal: Deal) -> list[tuple[int, float, float | None]]:
    """(place of the stage, day it began, day it ended)"""
    places = {make.stage(place).pk: place for place in range(5)}

    def day(at: dt.datetime | None) -> float | None:
        return (at - NOON) / dt.timedelta(days=1) if at else None

    return [(places[visit.stage_id], day(visit.began), day(visit.ended)) for visit in visits(deal)]


def test_one_visit_after_the_other(deal: Deal) -> None:
    deal.move_to(make.stage(1), by=SYSTEM, at=after(3))
    deal.edit(by=SYSTEM, at=after(4), competitor="Acme")
    deal.move_to(make.stage(0), by=SYSTEM, at=after(5))
    assert names(deal) == [(0, 0, 3), (1, 3, 5), (0, 5, None)]
    assert days_in_stages(visits(deal), after(7)) == {make.stage(0).pk: 5, make.stage(1).pk: 2}


def test_a_closed_deal_visits_no_stage_and_an_opened_one_does_again(deal: Deal) -> None:
    deal.win(by=SYSTEM, at=after(2))
    assert names(deal) == [(0, 0, 2)]
    deal.reopen(by=SYSTEM, at=after(6))
    assert names(deal) == [(0, 0, 2), (0, 6, None)]
    deal.park(by=SYSTEM, at=after(7), come_back_on=after(60).date())
    assert days_in_stages(visits(deal), after(9)) == {make.stage(0).pk: 3}


def test_moves_that_were_taken_back_never_were(deal: Deal, cast: Cast) -> None:
    deal.move_to(make.stage(1), by=cast.owner, at=after(3))
    undo(Change.objects.filter(entity="deal").latest("id"), by=cast.administrator)
    assert names(deal) == [(0, 0, None)]


def test_in_the_trash_no_time_passes(deal: Deal) -> None:
    deal.trash(by=SYSTEM, at=after(1))
    deal.restore(by=SYSTEM, at=after(4))
    assert names(deal) == [(0, 0, 1), (0, 4, None)]


def test_the_log_that_was_read_already_says_the_same(deal: Deal) -> None:
    deal.move_to(make.stage(1), by=SYSTEM, at=after(3))
    deal.win(by=SYSTEM, at=after(5))
    log = list(Change.objects.filter(entity="deal", record_id=deal.pk).order_by("-id"))
    assert visits(deal, log) == visits(deal)


def test_where_nobody_knows_when_it_began(cast: Cast) -> None:
    deal = make.deal(created_at=None, at=NOON)
    (visit,) = visits(deal)
    assert visit.began == deal.created_at
