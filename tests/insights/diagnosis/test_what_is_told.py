"""What checks of change tell beside their number: the deals that were counted, all that comes, and what is wanting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leadline.insights.diagnosis.checks import fewer_leads, stage_conversion
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.ledger.ledger import NOBODY, Ledger, Status
from leadline.insights.ledger.narrowing import narrowed
from tests.insights.fitted.companies import company, without_leads


def test_the_deals_of_a_share_are_those_that_were_counted() -> None:
    ledger, truth = company("leaky_stage", 11, 12, 6_000)
    (found,) = (one for one in stage_conversion.check(ledger, None) if one.place.stage == truth.stage)
    share, ended = found.facts
    assert share.n == len(share.deals) > 100
    assert set(ended.deals) < set(share.deals)
    assert ended.value == len(ended.deals)
    status = ledger.deals.status[list(ended.deals)]
    assert np.isin(status, (Status.LOST, Status.NURTURE)).all()


def test_without_sources_all_that_comes_is_one_stream() -> None:
    ledger, _truth = company()
    deals = ledger.deals
    nowhere = np.full(len(deals), NOBODY, np.int32)
    bare = without_leads(replace(ledger, deals=replace(deals, source=nowhere, lead=nowhere)))
    (sound,) = fewer_leads.check(bare, None)
    assert sound.p > 0.01
    late = np.flatnonzero(bare.deals.created >= bare.as_of - 120)
    kept = np.setdiff1d(np.arange(len(deals)), late[np.arange(len(late)) % 4 != 0])
    (fell,) = fewer_leads.check(_of(bare, kept), None)
    assert fell.p < 0.001
    assert fell.place.source == NOBODY
    assert (fell.act.kind, fell.facts[0].unit) == ("deals", "deals")


def test_losses_whose_stage_nobody_knows_are_named_as_what_is_wanting() -> None:
    ledger, _truth = company()
    lost = np.isin(ledger.deals.status, (Status.LOST, Status.NURTURE))
    known = ~lost[ledger.visits.deal]
    visits = type(ledger.visits)(*(getattr(ledger.visits, name)[known] for name in vars(ledger.visits)))
    with pytest.raises(Missing) as wanting:
        stage_conversion.check(replace(ledger, visits=visits), None)
    assert wanting.value.what == "ends"


def _of(ledger: Ledger, rows: np.ndarray) -> Ledger:
    return narrowed(ledger, np.isin(np.arange(len(ledger.deals)), rows), np.ones(len(ledger.leads), bool))
