"""A lead becomes a deal with everything that belongs to it, and a deal can go back."""

from __future__ import annotations

import io
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity
from leadline.crm.converting import convert_to_deal, convert_to_lead
from leadline.crm.filing import attach
from leadline.crm.models import Deal, File, Lead, Note
from leadline.history import members
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def a_lead(cast: Cast) -> Lead:
    source = make.source()
    lead = make.lead(
        title="Turbines for Acme",
        owner=cast.owner,
        originator=cast.teammate,
        person=make.person(),
        organization=make.organization(),
        source=source,
        campaign=make.campaign(source=source),
        value=Decimal(900),
        currency="EUR",
        label_ids=[make.label().pk],
        stage="sql",
    )
    make.note(lead, cast.owner)
    make.activity(cast.owner, lead=lead)
    attach(lead, "a.txt", io.BytesIO(b"a"), by=cast.owner)
    return lead


def test_everything_goes_with_it(cast: Cast) -> None:
    make.pipeline()
    lead = a_lead(cast)
    deal = convert_to_deal(lead, by=cast.owner)
    for name in ("title", "owner", "originator", "person", "organization", "source", "campaign", "value", "currency"):
        assert getattr(deal, name) == getattr(lead, name), name
    assert (deal.label_ids, deal.stage, deal.status) == (lead.label_ids, make.stage(0), "open")
    for model in (Note, File, Activity):
        thing = model.objects.get()
        assert (thing.deal, thing.lead) == (deal, lead), model


def test_the_lead_says_what_it_became(cast: Cast) -> None:
    """SAL: accepted by a closer, which is when it counts as an opportunity."""
    make.pipeline()
    lead = a_lead(cast)
    deal = convert_to_deal(lead, by=cast.owner, stage=make.stage(1))
    lead.refresh_from_db()
    assert (lead.status, lead.stage, lead.deal) == ("converted", "sal", deal)
    assert lead.closed_at is not None
    assert deal.stage == make.stage(1)


def test_a_parked_lead_that_is_converted_waits_for_nothing(cast: Cast) -> None:
    make.pipeline()
    lead = a_lead(cast).park(by=cast.owner, event="they have hired", reason="Budget next year")
    deal = convert_to_deal(lead, by=cast.owner)
    lead.refresh_from_db()
    assert (lead.come_back_on, lead.come_back_event, lead.parked_reason) == (None, "", "")
    assert deal.is_open


def test_own_fields_of_the_same_name_and_kind_go_with_it(cast: Cast) -> None:
    make.pipeline()
    tier = make.custom_field("choice", entity="lead", name="Tier", options=["Silver", "Gold", "Tin"])
    deal_tier = make.custom_field("choice", entity="deal", name="tier", options=["Gold", "Silver"])
    size, _ = make.custom_field("number", entity="lead", name="Size"), make.custom_field("text", name="Size")
    deal = convert_to_deal(make.lead(custom={tier.key: "Gold", size.key: 3}), by=SYSTEM)
    assert deal.custom == {deal_tier.key: 1}
    deal = convert_to_deal(make.lead(custom={tier.key: "Tin"}), by=SYSTEM)
    assert deal.custom == {}


def test_a_lead_is_converted_once(cast: Cast) -> None:
    make.pipeline()
    lead = a_lead(cast)
    convert_to_deal(lead, by=cast.owner)
    with pytest.raises(ValidationError):
        convert_to_deal(Lead.objects.get(pk=lead.pk), by=cast.owner)
    for verb in ("discard", "reopen"):
        with pytest.raises(ValidationError):
            getattr(lead, verb)(by=cast.owner)
    assert Deal.objects.count() == 1


def test_back_to_the_lead_it_came_from(cast: Cast) -> None:
    make.pipeline()
    lead = a_lead(cast)
    deal = convert_to_deal(lead, by=cast.owner)
    deal.edit(by=cast.owner, value=Decimal(1200))
    make.note(deal, cast.owner, text="Written on the deal")
    assert convert_to_lead(deal, by=cast.owner) == lead
    lead.refresh_from_db()
    assert (lead.status, lead.deal, lead.value, lead.closed_at) == ("open", None, Decimal(1200), None)
    assert Deal.objects.get().deleted_at is not None
    assert {(note.lead_id, note.deal_id) for note in Note.objects.all()} == {(lead.pk, None)}


def test_a_deal_that_was_never_a_lead_becomes_a_new_one(cast: Cast) -> None:
    deal = make.deal(cast.owner, owner=cast.owner, title="Too early")
    activity = make.activity(cast.owner, deal=deal)
    lead = convert_to_lead(deal, by=cast.owner)
    activity.refresh_from_db()
    assert (lead.title, lead.owner, lead.status) == ("Too early", cast.owner, "open")
    assert (activity.lead, activity.deal) == (lead, None)


@pytest.mark.parametrize("back", [False, True])
def test_it_is_taken_back_as_a_whole(cast: Cast, back: bool) -> None:
    make.pipeline()
    lead = a_lead(cast)
    if back:
        deal = convert_to_deal(lead, by=cast.owner)
    act = cast.owner.via("web", act=uuid.uuid4())
    if back:
        convert_to_lead(deal, by=act)
    else:
        convert_to_deal(lead, by=act)
    assert undo_act(act.act, by=cast.owner).left == []
    lead.refresh_from_db()
    assert lead.status == ("converted" if back else "open")
    assert Deal.objects.kept().count() == (1 if back else 0)
    assert Note.objects.get().deal == (deal if back else None)


def test_a_colleague_who_may_change_the_lead_may_convert_it(cast: Cast) -> None:
    """Also where deals are their owner's alone: it is the lead's owner's deal then."""
    make.pipeline()
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    deal = convert_to_deal(a_lead(cast), by=cast.teammate)
    assert deal.owner == cast.owner
    assert Note.objects.get().deal == deal


def test_an_outsider_may_not(cast: Cast) -> None:
    make.pipeline()
    with pytest.raises(PermissionDenied):
        convert_to_deal(a_lead(cast), by=cast.outsider)
    assert Deal.objects.count() == 0
