"""Sources, campaigns, lost reasons and labels: what is in use can be deleted, and old records keep its name."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Deal, Label, Lead, LostReason, Source
from leadline.history.replay import disagreements
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def test_a_deleted_source_stays_on_what_came_from_it() -> None:
    source = make.source("Referral")
    deal, lead = make.deal(source=source, campaign=make.campaign(source=source)), make.lead(source=source)
    source.trash(by=SYSTEM)
    assert list(Source.objects.kept()) == []
    for record in (deal, lead):
        record.refresh_from_db()
        assert str(record.source) == "Referral"
    deal.edit(by=SYSTEM, title="Still editable")


def test_a_deleted_lost_reason_stays_on_what_was_lost_for_it() -> None:
    reason = make.lost_reason("Price")
    deal = make.deal().lose(reason, by=SYSTEM)
    reason.trash(by=SYSTEM)
    deal.refresh_from_db()
    assert str(deal.lost_reason) == "Price"
    assert list(LostReason.objects.kept()) == []


def test_a_name_is_needed() -> None:
    with pytest.raises(ValidationError):
        make.source("")
    make.source("A").edit(by=SYSTEM, name="B")
    assert Source.objects.get().name == "B"


@pytest.mark.parametrize("kind", ["deal", "lead", "person", "organization"])
def test_labels_go_on_and_off(kind: str) -> None:
    hot, cold = make.label("Hot"), make.label("Cold")
    record = getattr(make, kind)()
    record.label(cold, hot, by=SYSTEM)
    record.label(hot, by=SYSTEM)
    assert record.label_ids == [hot.pk, cold.pk]
    assert type(record).objects.labelled(hot).get() == record
    record.unlabel(hot, by=SYSTEM)
    record.unlabel(hot, by=SYSTEM)
    assert type(record).objects.get().label_ids == [cold.pk]
    assert not type(record).objects.labelled(hot).exists()


def test_a_label_that_is_none_is_refused() -> None:
    deal, label = make.deal(), make.label()
    for wrong in ([label.pk + 9], ["x"], [None]):
        with pytest.raises(ValidationError) as refused:
            deal.edit(by=SYSTEM, label_ids=wrong)
        assert list(refused.value.message_dict) == ["label_ids"]
    deal.edit(by=SYSTEM, label_ids=[str(label.pk), label.pk])
    assert deal.label_ids == [label.pk]


def test_a_deleted_label_comes_off_everything_and_comes_back_with_an_undo() -> None:
    cast = assemble()
    hot, cold = make.label("Hot"), make.label("Cold")
    deal, lead = make.deal(owner=cast.outsider, label_ids=[hot.pk, cold.pk]), make.lead(label_ids=[hot.pk])
    act = cast.leader.via("web", act=uuid.uuid4())
    hot.trash(by=act)
    assert (Deal.objects.get().label_ids, Lead.objects.get().label_ids) == ([cold.pk], [])
    assert list(Label.objects.kept()) == [cold]
    assert list(disagreements(Deal)) == []
    assert undo_act(act.act, by=cast.leader).left == []
    assert (Deal.objects.get().label_ids, Lead.objects.get().label_ids) == ([hot.pk, cold.pk], [hot.pk])
    assert list(Label.objects.kept()) == [cold, hot]
    deal.refresh_from_db()
    lead.refresh_from_db()
    assert deal.last_touch_at is None or deal.last_touch_at < timezone.now()
