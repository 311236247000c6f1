"""Pipelines and stages: R1's default, reordering, deleting with a destination."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.crm.pipelines import add_default_pipeline, add_pipeline, delete_pipeline, delete_stage
from leadline.history.replay import disagreements
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def names(pipeline: Pipeline) -> list[str]:
    return [stage.name for stage in pipeline.kept_stages()]


def test_the_default_pipeline() -> None:
    """R1."""
    pipeline = add_default_pipeline(by=SYSTEM)
    assert names(pipeline) == ["Target", "Contacted", "Meeting agreed", "Proposal sent", "Close"]
    assert Pipeline.default() == pipeline
    assert all(stage.rot_days for stage in pipeline.kept_stages())


def test_a_stage_says_what_the_buyer_decides() -> None:
    """R1."""
    review = dt.date(2027, 1, 22)
    stage = make.stage(2)
    stage.edit(
        by=SYSTEM,
        name="Discovery",
        buyer_decision="We have this problem",
        exit_criteria="Budget named",
        review_on=review,
        rot_days=2,
        probability=40,
    )
    stage = Stage.objects.get(pk=stage.pk)
    assert (stage.name, stage.review_on, stage.rot_days, stage.probability) == ("Discovery", review, 2, 40)
    for wrong in ({"rot_days": 0}, {"probability": 101}, {"name": ""}):
        with pytest.raises(ValidationError):
            stage.edit(by=SYSTEM, **wrong)


def test_stages_are_put_in_order() -> None:
    make.pipeline()
    pipeline = add_pipeline("Partners", ["A", "B", "C"], by=SYSTEM)
    a, b, c = pipeline.kept_stages()
    pipeline.reorder([c.pk, a.pk, b.pk], by=SYSTEM)
    assert names(pipeline) == ["C", "A", "B"]
    for wrong in ([a.pk, b.pk], [a.pk, b.pk, c.pk, c.pk], [a.pk, b.pk, make.stage().pk]):
        with pytest.raises(ValidationError):
            pipeline.reorder(wrong, by=SYSTEM)


def test_a_deleted_stage_moves_all_its_deals(cast: Cast) -> None:
    """Open, closed, parked and trashed ones, whoever owns them."""
    first, second = make.stage(0), make.stage(1)
    deals = {name: make.deal(owner=cast.outsider, title=name) for name in ("open", "won", "parked", "trashed")}
    deals["won"].win(by=SYSTEM)
    deals["parked"].park(by=SYSTEM, come_back_on=dt.date.today() + dt.timedelta(days=9))
    deals["trashed"].trash(by=SYSTEM)
    elsewhere = make.deal(stage=make.stage(2))
    assert delete_stage(first, by=cast.leader, destination=second) == 4
    assert {deal.stage for deal in Deal.objects.exclude(pk=elsewhere.pk)} == {second}
    assert {deal.title: deal.status for deal in Deal.objects.kept()} | {"open": "open"} == {
        "open": "open",
        "won": "won",
        "parked": "nurture",
        elsewhere.title: "open",
    }
    assert first not in first.pipeline.kept_stages()
    assert list(disagreements(Deal)) == []


def test_being_moved_by_a_deletion_is_no_touch(cast: Cast) -> None:
    """R3: nobody has looked at the deal."""
    deal = make.deal(at=timezone.now() - dt.timedelta(days=40))
    delete_stage(make.stage(0), by=cast.leader, destination=make.stage(1))
    deal.refresh_from_db()
    assert deal.last_touch_at is None
    assert timezone.now() - deal.stage_entered_at < dt.timedelta(minutes=1)


def test_deals_need_somewhere_to_go(cast: Cast) -> None:
    first = make.stage(0)
    make.deal(stage=first)
    gone = make.stage(3)
    gone.trash(by=SYSTEM)
    for destination in (None, first, gone):
        with pytest.raises(ValidationError, match="1 deals stand in Target"):
            delete_stage(first, by=cast.leader, destination=destination)
    assert first in first.pipeline.kept_stages()
    delete_stage(make.stage(1), by=cast.leader)


def test_deleting_a_stage_is_taken_back_as_one(cast: Cast) -> None:
    began = timezone.now() - dt.timedelta(days=40)
    deals = [make.deal(owner=cast.outsider, at=began) for _ in range(3)]
    first = make.stage(0)
    act = cast.leader.via("web", act=uuid.uuid4())
    delete_stage(first, by=act, destination=make.stage(1))
    assert undo_act(act.act, by=cast.leader).left == []
    for deal in deals:
        deal.refresh_from_db()
        assert (deal.stage, deal.stage_entered_at) == (first, began)


def test_those_who_lead_delete_stages(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner)
    with pytest.raises(PermissionDenied):
        delete_stage(deal.stage, by=cast.owner, destination=make.stage(1))


def test_a_deleted_pipeline_moves_its_deals_and_takes_its_stages_along(cast: Cast) -> None:
    make.pipeline()
    partners = add_pipeline("Partners", ["A", "B"], by=SYSTEM)
    deals = [make.deal(stage=stage) for stage in partners.kept_stages()]
    staged = make.deal(pipeline=partners, status="won")  # a file knew no stage
    assert staged.stage is None
    with pytest.raises(ValidationError):
        delete_pipeline(partners, by=cast.leader, destination=partners.first_stage())
    assert delete_pipeline(partners, by=cast.leader, destination=make.stage(2)) == 3
    assert {deal.stage for deal in Deal.objects.filter(pk__in=[deal.pk for deal in deals])} == {make.stage(2)}
    assert not Stage.objects.kept().filter(pipeline=partners).exists()
    assert list(Pipeline.objects.kept()) == [make.pipeline()]


def test_many_deals_move_in_few_statements(cast: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(40):
        make.deal(title=f"Deal {number}")
    first, second = make.stage(0), make.stage(1)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        delete_stage(first, by=cast.leader, destination=second)
