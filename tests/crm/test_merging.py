"""Two records that are one: nothing is lost, everything follows, and it can be taken back as a whole."""

from __future__ import annotations

import io
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity
from leadline.crm.filing import attach
from leadline.crm.merging import merge
from leadline.crm.models import Deal, DealProduct, File, Lead, Note, Organization, Person
from leadline.history import members
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def rows() -> dict[Any, Any]:
    return {
        (entity, row.pk): row.snapshot() for entity, model in recorded_models().items() for row in model.objects.all()
    }


def test_people_who_are_one() -> None:
    first_label, second_label = make.label("Hot"), make.label("Cold")
    jane = make.person(name="Jane Doe", emails=[{"value": "jane@acme.com"}], label_ids=[first_label.pk])
    acme = make.organization()
    copy = make.person(
        name="J. Doe",
        job_title="CEO",
        organization=acme,
        emails=[{"value": "JANE@acme.com", "primary": True}, {"value": "jane@home.example"}],
        phones=[{"value": "+49 30 123"}],
        label_ids=[second_label.pk],
        external_id="crm-7",
    )
    merge(jane, copy, by=SYSTEM)
    jane.refresh_from_db()
    assert (jane.name, jane.job_title, jane.organization, jane.external_id) == ("Jane Doe", "CEO", acme, "crm-7")
    assert [mail["value"] for mail in jane.emails] == ["jane@acme.com", "jane@home.example"]
    assert [mail["primary"] for mail in jane.emails] == [True, False]
    assert [phone["value"] for phone in jane.phones] == ["+49 30 123"]
    assert jane.label_ids == [first_label.pk, second_label.pk]
    copy.refresh_from_db()
    assert (copy.merged_into, copy.deleted_at is None) == (jane, False)


def test_everything_that_hung_on_the_loser_hangs_on_the_survivor() -> None:
    survivor, loser = make.organization(), make.organization()
    make.person(organization=loser)
    make.deal(organization=loser)
    make.lead(organization=loser)
    make.note(loser)
    make.activity(organization=loser)
    attach(loser, "a.txt", io.BytesIO(b"a"), by=SYSTEM)
    merge(survivor, loser, by=SYSTEM)
    for model in (Person, Deal, Lead, Note, Activity, File):
        assert model.objects.get().organization == survivor, model


def test_deals_that_are_one_keep_the_survivors_place_and_take_the_value_that_was_lacking() -> None:
    survivor = make.deal(value=None, stage=make.stage(2))
    loser = make.deal(value=Decimal(700), currency="EUR", competitor="Initech")
    make.line(loser)
    make.activity(deal=loser)
    merge(survivor, loser, by=SYSTEM)
    survivor.refresh_from_db()
    assert (survivor.stage, survivor.value, survivor.currency) == (make.stage(2), Decimal(700), "EUR")
    assert survivor.competitor == "Initech"
    assert DealProduct.objects.get().deal == Activity.objects.get().deal == survivor


def test_the_survivors_own_values_win() -> None:
    field, other = make.custom_field("text"), make.custom_field("text")
    survivor = make.deal(title="Mine", value=Decimal(0), custom={field.key: "mine"})
    loser = make.deal(title="Theirs", value=Decimal(9), custom={field.key: "theirs", other.key: "also"})
    merge(survivor, loser, by=SYSTEM)
    assert (survivor.title, survivor.value) == ("Mine", Decimal(0))
    assert survivor.custom == {field.key: "mine", other.key: "also"}


def test_own_fields_that_named_the_loser_name_the_survivor() -> None:
    field = make.custom_field("person", entity="lead")
    survivor, loser = make.person(), make.person()
    lead = make.lead(custom={field.key: loser.pk})
    merge(survivor, loser, by=SYSTEM)
    lead.refresh_from_db()
    assert lead.custom == {field.key: survivor.pk}


def test_the_last_touch_follows() -> None:
    """R3: what was done on the copy was done on this sale."""
    user = assemble().owner
    survivor, loser = make.deal(owner=user), make.deal(owner=user)
    done = make.activity(user, deal=loser).complete(by=user)
    merge(survivor, loser, by=user.via("import"))
    survivor.refresh_from_db()
    assert survivor.last_touch_at == done.done_at


@pytest.mark.parametrize("kind", ["person", "organization", "deal"])
def test_a_merge_is_taken_back_as_a_whole(kind: str) -> None:
    user = assemble().owner
    survivor, loser = (getattr(make, kind)(user, owner=user) for _ in range(2))
    make.note(loser, user)
    make.activity(user, **{kind: loser}).complete(by=user)
    if kind == "deal":
        make.line(loser, user, product=make.product())
    before = rows()
    act = user.via("web", act=uuid.uuid4())
    merge(survivor, loser, by=act)
    assert rows() != before
    assert undo_act(act.act, by=user).left == []
    assert rows() == before
    assert [list(disagreements(model)) for model in recorded_models().values() if list(disagreements(model))] == []


def test_a_loser_taken_out_of_the_trash_stands_on_its_own() -> None:
    survivor, loser = make.person(), make.person()
    merge(survivor, loser, by=SYSTEM)
    loser.restore(by=SYSTEM)
    loser.refresh_from_db()
    assert (loser.merged_into, loser.deleted_at) == (None, None)


def test_what_cannot_be_merged() -> None:
    person, other = make.person(), make.person()
    with pytest.raises(ValidationError):
        merge(person, Person.objects.get(pk=person.pk), by=SYSTEM)
    with pytest.raises(ValidationError):
        merge(person, make.organization(), by=SYSTEM)  # type: ignore[type-var]
    other.trash(by=SYSTEM)
    with pytest.raises(ValidationError, match="in the trash"):
        merge(person, other, by=SYSTEM)


def test_both_must_be_within_reach() -> None:
    cast = assemble()
    members.set_visibility("organization", by=SYSTEM, see="everyone", change_by="owner")
    mine, theirs = make.organization(owner=cast.owner), make.organization(owner=cast.outsider)
    for survivor, loser in ((mine, theirs), (theirs, mine)):
        with pytest.raises(PermissionDenied):
            merge(survivor, loser, by=cast.owner)
    assert Organization.objects.kept().count() == 2
