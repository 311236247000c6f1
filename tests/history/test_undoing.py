"""Undo of one change or of an act; what somebody has changed since is left and said (R6, R50)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal, Status
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo, undo_act, undo_changes
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def last_change(record: object) -> Change:
    return Change.objects.filter(entity=record.ENTITY, record_id=record.pk).latest("id")  # type: ignore[attr-defined]


def test_a_move_taken_back_leaves_no_trace_on_the_clocks(cast: Cast) -> None:
    """R3: the deal has been idle in its stage as long as before the slip."""
    began = timezone.now() - dt.timedelta(days=20)
    deal = make.deal(cast.owner, owner=cast.owner, at=began)
    deal.move_to(make.stage(1), by=cast.owner)
    assert (deal.last_touch_at > began, deal.stage_entered_at > began) == (True, True)
    undone = undo(last_change(deal), by=cast.owner)
    deal.refresh_from_db()
    assert (undone.left, deal.stage_id) == ([], make.stage(0).pk)
    assert (deal.last_touch_at, deal.stage_entered_at) == (began, began)


def test_an_undo_can_be_undone(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner)
    deal.move_to(make.stage(1), by=cast.owner)
    moved_at = deal.stage_entered_at
    undo(last_change(deal), by=cast.owner)
    undo(last_change(deal), by=cast.owner)
    deal.refresh_from_db()
    assert (deal.stage_id, deal.stage_entered_at, deal.last_touch_at) == (make.stage(1).pk, moved_at, moved_at)


def test_an_undo_says_which_change_it_takes_back(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner)
    deal.win(by=cast.owner)
    won = last_change(deal)
    undo(won, by=cast.owner)
    back = last_change(deal)
    assert (back.undoes, back.by_id, back.new["status"]) == (won.id, cast.owner.pk, Status.OPEN)


def test_what_was_made_goes_into_the_trash(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner)
    undo(last_change(deal), by=cast.owner)
    assert Deal.objects.get(pk=deal.pk).deleted_at is not None


def test_what_was_made_stays_when_somebody_else_has_worked_on_it(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner)
    made = last_change(deal)
    deal.edit(by=cast.teammate, title="Worth keeping")
    undone = undo(made, by=cast.owner)
    assert Deal.objects.get(pk=deal.pk).deleted_at is None
    assert len(undone.left) == 1


def test_fields_changed_since_are_left_and_said(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner, title="One", competitor="A")
    deal.edit(by=cast.owner, title="Two", competitor="B")
    edited = last_change(deal)
    deal.edit(by=cast.teammate, title="Three")
    undone = undo(edited, by=cast.owner)
    deal.refresh_from_db()
    assert (deal.title, deal.competitor) == ("Three", "A")
    assert undone.left == ["title of Three has been changed since."]


def test_what_would_be_wrong_now_is_left_and_said(cast: Cast) -> None:
    """The stage has gone to another pipeline's deals: putting only the stage back would not fit."""
    from leadline.crm.pipelines import add_pipeline

    deal = make.deal(cast.owner, owner=cast.owner)
    other = add_pipeline("Partners", ["First"], by=cast.administrator)
    deal.move_to(make.stage(2), by=cast.owner)
    moved = last_change(deal)
    deal.move_to(other.first_stage(), by=cast.owner)
    back = last_change(deal)
    Change.objects.filter(pk=moved.pk).update(after=back.after)  # as if the stage still stood as the first move left it
    undone = undo(Change.objects.get(pk=moved.pk), by=cast.owner)
    deal.refresh_from_db()
    assert (deal.pipeline, len(undone.left)) == (other, 1)


def test_an_act_is_taken_back_as_a_whole(cast: Cast) -> None:
    act = cast.owner.via("web", act=uuid.uuid4())
    person = make.person(act, owner=cast.owner)
    deal = make.deal(act, owner=cast.owner, person=person)
    deal.win(by=act)
    untouched = make.deal(cast.owner, owner=cast.owner)
    undone = undo_act(act.act, by=cast.owner)
    assert undone.left == []
    assert {record.pk for record in undone.records if isinstance(record, Deal)} == {deal.pk}
    assert list(Deal.objects.kept()) == [untouched]
    assert Change.objects.filter(undoes__isnull=False).values("act").distinct().count() == 1


def test_an_act_of_somebody_elses_is_taken_back_whole_as_well(cast: Cast) -> None:
    """Its own later changes are not what somebody else has built upon."""
    act = cast.owner.via("web", act=uuid.uuid4())
    deal = make.deal(act, owner=cast.owner)
    make.note(deal, act)
    deal.win(by=act)
    assert undo_act(act.act, by=cast.administrator).left == []
    assert not Deal.objects.kept().exists()


def test_several_changes_are_taken_back_latest_first(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner, title="One")
    for title in ("Two", "Three", "Four"):
        deal.edit(by=cast.owner, title=title)
    changes = Change.objects.filter(entity="deal", verb=Change.CHANGE)
    assert undo_changes(changes, by=cast.owner).left == []
    assert Deal.objects.get(pk=deal.pk).title == "One"


def test_nothing_is_undone_where_one_record_may_not_be(cast: Cast) -> None:
    act = cast.administrator.via("web", act=uuid.uuid4())
    mine, theirs = make.deal(act, owner=cast.outsider), make.deal(act, owner=cast.owner)
    with pytest.raises(PermissionDenied):
        undo_act(act.act, by=cast.outsider)
    assert set(Deal.objects.kept()) == {mine, theirs}


def test_a_slip_that_put_the_record_out_of_reach_can_be_taken_back(cast: Cast) -> None:
    """R6: given away to another team by mistake; a day later it is theirs."""
    deal = make.deal(cast.outsider, owner=cast.outsider)
    deal.edit(by=cast.outsider, owner=cast.owner)
    given = last_change(deal)
    undo(given, by=cast.outsider)
    deal.refresh_from_db()
    assert deal.owner == cast.outsider
    deal.edit(by=cast.outsider, owner=cast.owner)
    Change.objects.filter(pk=last_change(deal).pk).update(recorded_at=timezone.now() - dt.timedelta(days=2))
    with pytest.raises(PermissionDenied):
        undo(last_change(deal), by=cast.outsider)


def test_a_slip_of_somebody_elses_is_not_ones_own(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner)
    deal.win(by=cast.owner)
    with pytest.raises(PermissionDenied):
        undo(last_change(deal), by=cast.outsider)


def test_changes_of_people_are_put_back_by_administrators(cast: Cast) -> None:
    members.change(cast.owner, by=cast.administrator, role="leader")
    change = last_change(cast.owner)
    with pytest.raises(PermissionDenied):
        undo(change, by=cast.owner)
    undo(change, by=cast.administrator)
    assert User.objects.get(pk=cast.owner.pk).role == "seller"
    assert last_change(cast.owner).undoes == change.id


def test_people_stay_once_they_are_there(cast: Cast) -> None:
    made = Change.objects.get(entity="user", record_id=cast.owner.pk)
    assert len(undo(made, by=cast.administrator).left) == 1
    assert User.objects.filter(pk=cast.owner.pk).exists()


def test_what_is_gone_is_said(cast: Cast) -> None:
    deal = make.deal(cast.owner)
    made = last_change(deal)
    deal.delete()
    assert len(undo(made, by=cast.owner).left) == 1


def test_undoing_many_asks_little_more_than_undoing_one(cast: Cast, django_assert_max_num_queries: object) -> None:
    from leadline.crm.pipelines import delete_stage

    for number in range(30):
        make.deal(SYSTEM, title=f"Deal {number}")
    act = cast.leader.via("web", act=uuid.uuid4())
    assert delete_stage(make.stage(0), by=act, destination=make.stage(1)) == 30
    with django_assert_max_num_queries(150):  # type: ignore[operator]
        assert undo_act(act.act, by=cast.leader).left == []
    assert Deal.objects.filter(stage=make.stage(0)).count() == 30
