"""Who hears of what."""

from __future__ import annotations

import pytest

from leadline.accounts.models import Level, User, Visibility
from leadline.crm import noticing
from leadline.crm.models import Follow, Notice, NoticeReader
from leadline.history import members
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    noticing.catch_up()
    return cast


def told(user: User) -> list[tuple[str, str, int, int]]:
    noticing.catch_up()
    rows = Notice.objects.filter(user=user).order_by("pk")
    return [(row.why, row.kind, row.record_id, row.others) for row in rows]


def test_what_was_before_the_first_reading_is_no_news(cast: Cast) -> None:
    Notice.objects.all().delete()
    NoticeReader.objects.all().delete()
    make.deal(by=cast.teammate, owner=cast.owner)
    assert told(cast.owner) == []


def test_a_record_that_becomes_mine(cast: Cast) -> None:
    deal = make.deal(by=cast.teammate, owner=cast.teammate)
    assert told(cast.owner) == []
    deal.edit(by=cast.teammate, owner=cast.owner)
    deal.edit(by=cast.teammate, title="Other")  # neither a follower nor a new owner
    assert told(cast.owner) == [("given", "deal", deal.pk, 0)]
    assert told(cast.teammate) == []


def test_what_i_do_myself_and_what_no_hand_does_is_no_news(cast: Cast) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner)
    make.deal(by=cast.teammate.via("import"), owner=cast.owner)
    make.deal(owner=cast.owner)
    assert deal.owner == cast.owner
    assert told(cast.owner) == []


def test_named_in_a_note(cast: Cast) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner)
    note = make.note(deal, by=cast.owner, mention_ids=[cast.teammate.pk])
    note.edit(by=cast.owner, text="<p>Better said.</p>")  # still names Theo: heard already
    assert told(cast.teammate) == [("named", "deal", deal.pk, 0)]


def test_a_followed_record_and_what_hangs_on_it(cast: Cast) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner, person=make.person(owner=cast.owner))
    Follow.objects.create(user=cast.leader, kind="deal", record_id=deal.pk)
    deal.win(by=cast.owner)
    make.note(deal, by=cast.owner, person=deal.person)
    make.line(deal, by=cast.owner)
    deal.edit(by=cast.leader, title="By herself")
    assert told(cast.leader) == [("followed", "deal", deal.pk, 0)] * 3


def test_one_act_over_many_records_is_one_notice(cast: Cast) -> None:
    doer = cast.leader.via("web").together()
    deals = [make.deal(by=doer, owner=cast.owner) for _ in range(5)]
    assert told(cast.owner) == [("given", "deal", deals[0].pk, 4)]


def test_undoing_is_no_news(cast: Cast) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner)
    Follow.objects.create(user=cast.leader, kind="deal", record_id=deal.pk)
    doer = cast.owner.via("web").together()
    deal.win(by=doer)
    assert doer.act is not None
    undo_act(doer.act, by=cast.owner)
    assert len(told(cast.leader)) == 1


def test_nobody_hears_of_what_they_may_not_see(cast: Cast) -> None:
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=cast.administrator)
    person = make.person(owner=cast.owner)
    deal = make.deal(by=cast.owner, owner=cast.owner, person=person)
    for kind, pk in (("deal", deal.pk), ("person", person.pk)):
        Follow.objects.create(user=cast.outsider, kind=kind, record_id=pk)
    deal.edit(by=cast.owner, title="Secret")
    make.note(deal, by=cast.owner, person=person, mention_ids=[cast.outsider.pk])
    assert told(cast.outsider) == []


def test_unread_counts_only_what_is_still_seen(cast: Cast) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner)
    make.note(deal, by=cast.owner, mention_ids=[cast.outsider.pk])
    assert len(told(cast.outsider)) == 1
    assert noticing.unread(cast.outsider) == 1
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=cast.administrator)
    assert noticing.unread(cast.outsider) == 0
    noticing.mark_read(cast.outsider)
    assert Notice.objects.get(user=cast.outsider).read_at is not None


def test_a_long_log_is_read_in_windows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make.pipeline()
    noticing.catch_up()
    monkeypatch.setattr(noticing, "WINDOW", 2)
    deals = [make.deal(by=cast.teammate, owner=cast.owner) for _ in range(11)]
    assert len(told(cast.owner)) == 8  # four windows at a time
    assert [row[2] for row in told(cast.owner)] == [deal.pk for deal in deals]
