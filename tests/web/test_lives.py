"""A deal that was lost and opened again: its page tells both lives, its log keeps them (R4)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.lives import lives
from leadline.crm.models import Deal
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def said(client: Client, deal: Deal) -> str:
    html = client.get(f"/deals/{deal.pk}/").content.decode()
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html.partition('id="lives-title"')[2].partition("</section>")[0]))


def test_both_lives_are_told(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client, began = signed_in(cast.owner), timezone.now() - 100 * DAY
    deal = make.deal(owner=cast.owner, stage=make.stage(2), created_at=began, at=began)
    assert said(client, deal) == ""
    deal.lose(make.lost_reason("Price"), by=cast.owner, competitor="Globex", note="Too dear", at=began + 60 * DAY)
    assert said(client, deal) == ""  # it has had one life so far
    deal.park(by=cast.owner, event="they have hired", at=began + 61 * DAY)
    deal.lose(make.lost_reason("Timing"), by=cast.owner, note="Too dear", at=began + 62 * DAY)
    deal.reopen(by=cast.owner, at=began + 90 * DAY)
    told = said(client, deal)
    assert "2 lives" in told
    assert "10 days: open, in Meeting agreed" in told
    assert "62 days: lost in Meeting agreed · Timing · Too dear · to Globex" in told
    assert told.index("open, in") < told.index("lost in")  # the latest first
    deal.win(by=cast.owner)
    assert [life.status for life in lives(deal)] == ["lost", "won"]


def test_what_was_taken_back_is_no_life(cast: Cast) -> None:
    deal = make.deal(owner=cast.owner).lose(by=cast.owner)
    deal.reopen(by=cast.owner)
    undo(Change.objects.filter(entity="deal", record_id=deal.pk).latest("id"), by=cast.owner)
    assert [life.status for life in lives(Deal.objects.get())] == ["lost"]


def test_a_deal_that_came_closed_and_one_without_a_day(cast: Cast) -> None:
    deal = Deal(title="Old", pipeline=make.pipeline(), status="lost", closed_at=timezone.now() - 9 * DAY)
    deal.add(by=SYSTEM).reopen(by=SYSTEM)
    first, second = lives(deal)
    assert (first.status, second.status, second.ended) == ("lost", "open", None)
    assert first.ended == deal_closed(deal)


def deal_closed(deal: Deal) -> dt.datetime:
    first = Change.objects.filter(entity="deal", record_id=deal.pk).earliest("id")
    return dt.datetime.fromisoformat(first.new["closed_at"])
