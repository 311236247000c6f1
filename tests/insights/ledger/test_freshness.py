"""Whether records that ended are known for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leadline.insights.ledger.freshness import SILENCE, ended
from tests.insights.fitted.companies import company, of_deals, without_leads


def test_records_that_ended_long_ago_say_so() -> None:
    ledger, _truth = company()
    assert ended(ledger) is None
    assert ended(replace(ledger, as_of=ledger.as_of + SILENCE - 1)) is None
    last = ended(replace(ledger, as_of=ledger.as_of + SILENCE + 3))
    assert last is not None
    assert ledger.as_of - 3 < last <= ledger.as_of


def test_days_that_nobody_knows_and_few_records_are_no_silence() -> None:
    ledger, _truth = company()
    few = without_leads(of_deals(ledger, [0]))
    assert ended(replace(few, as_of=few.as_of + 1000)) is None
    deals = ledger.deals
    unknown = replace(ledger, deals=replace(deals, created=np.full(len(deals), np.nan)), as_of=ledger.as_of + 100)
    assert ended(unknown) is not None
    assert ended(without_leads(of_deals(ledger, []))) is None
