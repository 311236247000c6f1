"""The board of a past day, and what changed since, asked by people (R29)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Visibility
from leadline.history import members
from leadline.insights import ask, ask_board, ask_changes
from leadline.insights.question import BadQuestion
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def ago(days: int) -> dt.datetime:
    return timezone.now() - days * DAY


def test_a_past_board_is_as_it_was(cast: Cast) -> None:
    first, second = factories.stage(0), factories.stage(1)
    moved = factories.deal(owner=cast.owner, stage=first, value=Decimal("10.50"), created_at=ago(30), at=ago(30))
    gone = factories.deal(owner=cast.owner, stage=first, value=Decimal(7), created_at=ago(30), at=ago(30))
    moved.move_to(second, by=SYSTEM, at=ago(10))
    moved.edit(by=SYSTEM, value=Decimal(99), at=ago(9))
    gone.lose(by=SYSTEM, at=ago(5))
    factories.deal(owner=cast.owner, stage=first, created_at=ago(2), at=ago(2))
    pipeline = first.pipeline_id

    def board(days: int) -> list[tuple[int, Decimal]]:
        columns = ask_board.board_as_of(pipeline, ago(days).date(), None)
        return [(column.count, column.total) for column in columns[:2]]

    assert board(40) == [(0, Decimal(0))] * 2
    assert board(20) == [(2, Decimal("17.50")), (0, Decimal(0))]
    assert board(7) == [(1, Decimal(7)), (1, Decimal(99))]
    assert board(0) == [(1, Decimal(1000)), (1, Decimal(99))]
    (standing,) = ask_board.board_as_of(pipeline, ago(7).date(), None)[1].deals
    assert (standing.deal, standing.owner, standing.value) == (moved.pk, cast.owner.pk, Decimal(99))
    assert standing.entered_at is not None
    assert abs(standing.entered_at - ago(10).replace(tzinfo=None)) < DAY
    # The same as the metric says of that day.
    assert ask.report("open_value", as_of=ago(7).date()).rows[0]["value"] == 106


def test_everybody_sees_what_they_may_see_today(cast: Cast) -> None:
    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    for person in (cast.owner, cast.outsider):
        factories.deal(owner=person, stage=factories.stage(0), created_at=ago(30), at=ago(30))
    pipeline, day = factories.pipeline().pk, ago(10).date()
    counts = {part: ask_board.board_as_of(pipeline, day, getattr(cast, part))[0].count for part in ("owner", "leader")}
    assert counts == {"owner": 1, "leader": 2}
    assert ask_changes.changes(start=ago(40).date(), user=cast.owner).closing.deals == 1
    assert ask_changes.deals_behind("added", start=ago(40).date(), user=cast.teammate) == []


def test_what_changed_opens_with_what_was_open_and_adds_up(cast: Cast) -> None:
    kept = factories.deal(owner=cast.owner, value=Decimal("100.10"), created_at=ago(30), at=ago(30))
    won = factories.deal(owner=cast.owner, value=Decimal("50.05"), created_at=ago(30), at=ago(30))
    won.win(by=SYSTEM, at=ago(5))
    new = factories.deal(owner=cast.teammate, value=Decimal("7.07"), created_at=ago(3), at=ago(3))
    kept.edit(by=SYSTEM, value=Decimal("90.10"), at=ago(2))
    start = ago(10).date()
    found = ask_changes.changes(start=start)
    assert found.opening.amount == ask.report("open_value", as_of=start - DAY).rows[0]["value"] == Decimal("150.15")
    assert {step.name: step.amount for step in found.steps} == {
        "won": Decimal("-50.05"), "added": Decimal("7.07"), "revalued": Decimal("-10.00"),
    }  # fmt: skip
    assert found.closing.amount == ask.report("open_value").rows[0]["value"]
    assert ask_changes.deals_behind("won", start=start) == [won.pk]
    assert ask_changes.deals_behind("closing", start=start, where={"owner": "Theo"}) == [new.pk]
    assert ask_changes.changes(start=start, where={"team": "North"}).closing.deals == 2
    assert ask_changes.changes(start=start, where={"team": "South"}).closing.deals == 0
    assert ask_changes.changes(end=start).opening.deals == 0  # from the beginning on
    assert ask_changes.changes(start=ago(-5).date()).steps == ()  # a time to come
    with pytest.raises(BadQuestion, match="narrowed by stage"):
        ask_changes.changes(where={"stage": "Close"})


def test_re_dated_deals_come_and_go(cast: Cast) -> None:
    today = timezone.localdate()
    span = {"start": today - 3 * DAY, "end": today + 3 * DAY, "closing": True}
    for was, now in ((today, today + 30 * DAY), (today + 30 * DAY, today), (None, today + DAY)):
        deal = factories.deal(owner=cast.owner, expected_close_on=was, created_at=ago(30), at=ago(30))
        deal.edit(by=SYSTEM, expected_close_on=now, at=ago(1))
    found = ask_changes.changes(**span)
    assert {step.name: step.deals for step in found.steps} == {"dated_in": 2, "dated_out": 1}
    assert found.opening.amount + sum(step.amount for step in found.steps) == found.closing.amount == 2000
