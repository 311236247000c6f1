"""R2: playbooks are versioned; old deals keep what they had."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Answer, Deal, Participant
from leadline.crm.models import playbook as playbook_model
from leadline.crm.pipelines import delete_stage
from leadline.crm.playbooks import answer, begin, draft_of, publish, score, version_for, waive, winding
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories
from tests.cast import Cast
from tests.crm.playbooks.making import choice, item, playbook

pytestmark = pytest.mark.django_db


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def test_a_deal_has_the_version_that_was_there_when_it_came(cast: Cast) -> None:
    first, second = factories.stage(0), factories.stage(1)
    oldest, old, new = (factories.deal(at=ago(days)) for days in (30, 15, 3))
    one = playbook(first, item("a"), at=ago(20))
    two = playbook(first, item("a"), item("b"), at=ago(10))
    assert [two.version, one.version] == [2, 1]
    assert [version_for(deal, first) for deal in (oldest, old, new)] == [None, one, two]
    old.move_to(second, by=SYSTEM, at=ago(5))
    assert version_for(old, first) == one  # where it has passed
    three = playbook(second, item("c"), at=ago(1))
    assert version_for(old, second) is None
    assert version_for(new, second) == three  # where it is to come
    four = playbook(first, item("d"), for_standing=True)
    assert {version_for(deal, first) for deal in (oldest, old, new)} == {four}
    old.move_to(first, by=SYSTEM)
    assert version_for(old, first) == four


def test_what_is_published_does_not_change_and_leaders_alone_publish(cast: Cast) -> None:
    stage = factories.stage(0)
    with pytest.raises(PermissionDenied):
        begin(stage, by=cast.owner)
    draft = begin(stage, by=cast.leader)
    assert begin(stage, by=cast.administrator) == draft == draft_of(stage)
    draft.edit(by=cast.leader, items=[item("a")], guidance='<p onclick="x()">Ask.</p><script>alert(1)</script>')
    assert draft.guidance == "<p>Ask.</p>"
    publish(draft, by=cast.leader)
    with pytest.raises(ValidationError, match="published"):
        draft.edit(by=cast.leader, items=[])
    with pytest.raises(ValidationError, match="already"):
        publish(draft, by=cast.leader)
    following = begin(stage, by=cast.leader)
    assert (following.version, following.items[0]["key"]) == (2, "a")


def test_the_score_is_what_is_earned_of_the_weights_up_to_where_the_deal_stands(cast: Cast) -> None:
    first, second = factories.stage(0), factories.stage(1)
    deal = factories.deal(by=cast.owner)
    assert score(deal) == (None, [])

    def kept() -> int | None:
        return Deal.objects.get(pk=deal.pk).score

    book = playbook(first, choice(weight=50, required=False), item("b", weight=30), item("c"), for_standing=True)
    playbook(second, item("d", weight=120 - 20, required=False))
    assert kept() == 0
    answer(deal, "fit", "so", by=cast.owner)  # 40 % of 50
    assert kept() == 25
    waive(deal, "b", "No need.", by=cast.leader)
    assert kept() == 40
    answer(deal, "c", True, by=cast.owner)
    deal.move_to(second, by=cast.owner)
    assert kept() == 13  # 20 of 150
    answer(deal, "d", True, by=cast.owner)
    assert kept() == 80
    assert [part.earned for part in score(deal)[1]] == [20, 100]
    published = Change.objects.filter(entity="playbook", record_id=book.pk).latest("id")
    undo(published, by=cast.administrator)
    assert kept() == 100


def test_scores_of_many_deals_are_wound_beside_requests(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playbook_model, "AT_ONCE", 2)
    monkeypatch.setattr(winding, "CHUNK", 2)
    stage = factories.stage(0)
    deals = [factories.deal(stage=stage) for _number in range(5)]
    for deal in deals[:3]:
        Answer(deal=deal, key="a", value=True).add(by=SYSTEM)
    book = playbook(stage, item("a", weight=10), item("b", weight=30), for_standing=True)
    assert set(Deal.objects.values_list("score", flat=True)) == {None}  # the request that publishes winds none
    assert winding.wind_due() == 1
    assert list(Deal.objects.order_by("pk").values_list("score", flat=True)) == [25, 25, 25, 0, 0]
    assert winding.wind_due() == 0
    published = Change.objects.filter(entity="playbook", record_id=book.pk).latest("id")
    undo(published, by=SYSTEM)
    assert winding.wind_due() == 1
    assert set(Deal.objects.values_list("score", flat=True)) == {None}


def test_scores_follow_stages_that_move_or_go_and_people_who_go(cast: Cast) -> None:
    stages, pipeline = [factories.stage(at) for at in range(3)], factories.pipeline()
    playbook(stages[0], item("who", "person", role="Buyer", weight=10), item("b", weight=10))
    playbook(stages[2], item("c", weight=20))
    deal, person = factories.deal(stage=stages[1]), factories.person()
    Participant(deal=deal, person=person, role="buyer").add(by=SYSTEM)

    def kept() -> int | None:
        winding.wind_due()
        found = Deal.objects.get(pk=deal.pk)
        assert found.score == score(found)[0]
        return found.score

    assert kept() == 50
    person.trash(by=SYSTEM)
    assert kept() == 0
    person.restore(by=SYSTEM)
    order = [stage.pk for stage in pipeline.kept_stages()]
    pipeline.reorder([order[2], *order[:2], *order[3:]], by=SYSTEM)
    assert kept() == 25
    delete_stage(stages[0], by=SYSTEM)
    assert kept() == 0
    stages[0].restore(by=SYSTEM)
    assert kept() == 25
