"""What a review of stages finds, and that it keeps quiet where it cannot be sure."""

from __future__ import annotations

import datetime as dt

from leadline.insights.stage_review.counting import count, deals_behind
from leadline.insights.stage_review.review import Share, Sign, StageFacts, findings
from tests.insights.asking import LATER, followed
from tests.strategies.ledger import DAY, START, Ledger

MINUTE = dt.timedelta(minutes=1)


def _company(deals: int = 30) -> Ledger:
    """Everybody goes on from Talk, straight through Meet to Offer within minutes; many jump over Check; none is won."""
    ledger = Ledger()
    talk, meet, offer, check, close = ledger.pipeline("Talk", "Meet", "Offer", "Check", "Close")
    ledger.pipeline("Else", name="Other")
    for n in range(deals):
        at = START + n * DAY
        deal = ledger.deal(talk, at)
        ledger.move(deal, meet, at + DAY)
        ledger.move(deal, offer, at + DAY + 20 * MINUTE)
        if n % 2:
            ledger.move(deal, check, at + 2 * DAY)
        ledger.move(deal, close, at + 3 * DAY)
        ledger.close(deal, "lost", at + 4 * DAY)
    return ledger


def test_r2_each_sign_is_found_with_its_numbers() -> None:
    with followed(_company()).as_of(LATER) as tables:
        stages = count(tables, 1, START - DAY, None)
        assert [stage.name for stage in stages] == ["Talk", "Meet", "Offer", "Check", "Close"]
        found = {(one.sign, one.name): (one.share.k, one.share.n) for one in findings(stages)}
        assert found[Sign.PASSED, "Talk"] == (30, 30)
        assert found[Sign.TOGETHER, "Meet"] == (30, 30)
        assert found[Sign.JUMPED, "Check"] == (15, 30)
        assert (Sign.PASSED, "Check") not in found, "half of them were never there"
        assert found[Sign.STOPPED, "Close"] == (30, 30)
        assert (Sign.TOGETHER, "Talk") not in found
        assert (Sign.JUMPED, "Offer") not in found
        assert deals_behind(tables, 1, START - DAY, None, 4, "jumped") == list(range(1, 31, 2))
        # Of what this reader sees, and of what began since.
        few = count(tables, 1, START + 9.5 * DAY, (1, 11, 12))
        assert [stage.entered for stage in few] == [2, 2, 2, 2, 2]
        assert findings(few) == ()


def test_few_deals_say_nothing() -> None:
    assert findings((StageFacts(1, "Talk", advanced=8, stood=8, at_once=8, following=2),)) == ()
    assert Share(0, 0).value is None
    assert Share(0, 0).low is None
    assert StageFacts(1, "Talk", advanced=1, failed=2, pending=3).entered == 6
