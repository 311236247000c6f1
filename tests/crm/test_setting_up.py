"""What a company sets up: names that are the only ones, order, counts of use, joining two, choices, copies."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.actors import SYSTEM, actor
from leadline.activities.models import ActivityType, add_default_types
from leadline.crm import rates
from leadline.crm.choices import add_choice, order_choices, remove_choice, rename_choice
from leadline.crm.joining import join
from leadline.crm.models import Campaign, Currency, Deal, Label, LostReason, Pipeline, Source
from leadline.crm.naming import add_named, clean_name, rename, restore_named
from leadline.crm.ordering import put_in_order
from leadline.crm.pipelines import add_pipeline, add_stage, copy_pipeline
from leadline.crm.using import chosen, filled_fields, uses
from leadline.history.expecting import Conflict
from leadline.history.models import Change
from leadline.history.replay import disagreements
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_a_name_is_given_once() -> None:
    first = add_named(Source(name="  Referral \t partner\n"), by=SYSTEM)
    assert first.name == "Referral partner"
    with pytest.raises(ValidationError, match="Referral partner already"):
        add_named(Source(name="REFERRAL partner"), by=SYSTEM)
    second = add_named(Source(name="Fair"), by=SYSTEM)
    with pytest.raises(ValidationError):
        rename(second, "referral Partner", by=SYSTEM)
    assert rename(first, "referral partner", by=SYSTEM).name == "referral partner"  # its own name, another case
    first.trash(by=SYSTEM)
    rename(second, "Referral partner", by=SYSTEM)
    with pytest.raises(ValidationError):
        restore_named(first, by=SYSTEM)


@pytest.mark.parametrize("name", ["", "   ", "\x00\n", "x" * 300])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add_named(Source(name=name), by=SYSTEM)
    assert "name" in refused.value.message_dict


@pytest.mark.parametrize("name", ["👩‍👩‍👧 Family", "إحالة", "Ünïcödé", "<b>bold</b>"])
def test_names_of_all_kinds(name: str) -> None:
    assert clean_name(name) == name
    assert add_named(Source(name=name), by=SYSTEM).name == name


def test_names_are_the_only_ones_where_they_hang() -> None:
    fair, web = make.source("Fair"), make.source("Web")
    add_named(Campaign(name="Spring", source=fair), by=SYSTEM)
    add_named(Campaign(name="Spring", source=web), by=SYSTEM)
    with pytest.raises(ValidationError):
        add_named(Campaign(name="spring", source=fair), by=SYSTEM)


def test_two_who_rename_at_once() -> None:
    source = make.source("Fair")
    rename(source, "Trade fair", by=SYSTEM, was="Fair")
    with pytest.raises(Conflict):
        rename(source, "Exhibition", by=SYSTEM, was="Fair")


def test_order(cast: Cast) -> None:
    add_default_types(by=SYSTEM)
    rows = ActivityType.objects.kept()
    ids = [row.pk for row in rows][::-1]
    doer = actor(cast.leader).together()
    put_in_order(rows, ids, by=doer)
    assert [row.pk for row in rows.all()] == ids
    undo_act(doer.act, by=cast.leader)
    assert [row.pk for row in rows.all()] == ids[::-1]
    for wrong in (ids[1:], [*ids, ids[0]], [0]):
        with pytest.raises(ValidationError):
            put_in_order(rows, wrong, by=SYSTEM)
    with pytest.raises(PermissionDenied):
        put_in_order(rows, ids, by=cast.owner)


def test_counts_of_use(cast: Cast) -> None:
    source, other, label = make.source(), make.source("Other"), make.label()
    make.deal(source=source, label_ids=[label.pk])
    make.deal(source=source).trash(by=SYSTEM)
    make.lead(source=source)
    make.person(label_ids=[label.pk])
    counted = uses(Source, cast.administrator)
    assert (counted["deal"][source.pk], counted["lead"][source.pk], counted["deal"][other.pk]) == (1, 1, 0)
    labelled = uses(Label, cast.administrator)
    assert (labelled["deal"][label.pk], labelled["person"][label.pk], labelled["lead"][label.pk]) == (1, 1, 0)


def test_counts_are_of_what_one_may_see(cast: Cast) -> None:
    from leadline.history import members

    members.set_visibility("deal", by=cast.administrator, see="owner", change_by="owner")
    source, label = make.source(), make.label()
    make.deal(source=source, owner=cast.outsider, label_ids=[label.pk])
    assert uses(Source, cast.owner)["deal"][source.pk] == 0
    assert uses(Label, cast.owner)["deal"][label.pk] == 0
    assert uses(Label, cast.outsider)["deal"][label.pk] == 1


def test_two_sources_become_one(cast: Cast) -> None:
    keep, lose = make.source("Referral"), make.source("Referals")
    deal, lead = make.deal(source=lose), make.lead(source=lose)
    trashed = make.deal(source=lose).trash(by=SYSTEM)
    campaign = make.campaign(source=lose)
    touch = Deal.objects.get(pk=deal.pk).last_touch_at
    doer = actor(cast.leader).together()
    assert join(lose, keep, by=doer) == 4
    for row in (deal, lead, trashed, campaign):
        row.refresh_from_db()
        assert row.source_id == keep.pk
    assert Deal.objects.get(pk=deal.pk).last_touch_at == touch
    assert not Source.objects.kept().filter(pk=lose.pk).exists()
    assert all(not list(disagreements(model)) for model in (Deal, Source, Campaign))
    undo_act(doer.act, by=cast.leader)
    for row in (deal, lead, trashed, campaign):
        row.refresh_from_db()
        assert row.source_id == lose.pk
    assert Source.objects.kept().filter(pk=lose.pk).exists()


def test_two_labels_become_one(cast: Cast) -> None:
    keep, lose = make.label("Hot"), make.label("hot!")
    both, one = make.deal(label_ids=[keep.pk, lose.pk]), make.person(label_ids=[lose.pk])
    doer = actor(cast.leader).together()
    assert join(lose, keep, by=doer) == 2
    both.refresh_from_db()
    one.refresh_from_db()
    assert (both.label_ids, one.label_ids) == ([keep.pk], [keep.pk])
    undo_act(doer.act, by=cast.leader)
    both.refresh_from_db()
    assert both.label_ids == sorted([keep.pk, lose.pk])


def test_activity_types_are_joined_too() -> None:
    keep, lose = ActivityType(name="Call").add(by=SYSTEM), ActivityType(name="Phone").add(by=SYSTEM)
    activity = make.activity(type=lose)
    assert join(lose, keep, by=SYSTEM) == 1
    activity.refresh_from_db()
    assert activity.type == keep


def test_what_cannot_be_joined(cast: Cast) -> None:
    one, two, reason = make.source("A"), make.source("B"), make.lost_reason()
    for lose, keep in ((one, one), (one, reason)):
        with pytest.raises(ValidationError):
            join(lose, keep, by=SYSTEM)
    with pytest.raises(PermissionDenied):
        join(one, two, by=cast.owner)
    two.trash(by=SYSTEM)
    with pytest.raises(ValidationError):
        join(one, two, by=SYSTEM)
    assert LostReason.objects.kept().count() == 1


def labels(field: Any) -> list[str]:
    field.refresh_from_db()
    return [option["label"] for option in field.options]


def test_choices_are_edited(cast: Cast) -> None:
    field = make.custom_field("choice")
    add_choice(field, " Bronze ", by=cast.leader)
    gold, silver, bronze = field.labels
    rename_choice(field, gold, "Golden", by=cast.leader)
    order_choices(field, [bronze, gold, silver], by=cast.leader)
    assert labels(field) == ["Bronze", "Golden", "Silver"]
    for label in ("", "silver", "x" * 256):
        with pytest.raises(ValidationError):
            add_choice(field, label, by=SYSTEM)
    with pytest.raises(ValidationError):
        rename_choice(field, 99, "None", by=SYSTEM)
    with pytest.raises(ValidationError):
        order_choices(field, [gold], by=SYSTEM)
    with pytest.raises(ValidationError):
        add_choice(make.custom_field("text"), "One", by=SYSTEM)


@pytest.mark.parametrize(("kind", "instead"), [("choice", 1), ("choice", 0), ("choices", 1), ("choices", 0)])
def test_a_removed_choice_leaves_its_values_somewhere(cast: Cast, kind: str, instead: int) -> None:
    field = make.custom_field(kind)
    first, second = field.labels
    several = kind == "choices"
    deal = make.deal(custom={field.key: [second] if several else second})
    gone = make.deal(custom={field.key: [first, second] if several else second}).trash(by=SYSTEM)
    other = make.deal(custom={field.key: [first] if several else first})
    assert chosen(field, cast.administrator)[second] == 1
    assert filled_fields("deal", cast.administrator)[field.key] == 2
    doer = actor(cast.leader).together()
    before = [dict(row.custom) for row in (deal, gone, other)]
    assert remove_choice(field, second, by=doer, instead=first if instead else None) == 2
    assert labels(field) == ["Gold"]
    for row in (deal, gone, other):
        row.refresh_from_db()
    kept = {field.key: [first] if several else first}
    assert deal.custom == (kept if instead else {})
    assert gone.custom == (kept if instead or several else {})
    assert other.custom == kept
    undo_act(doer.act, by=cast.leader)
    for row, was in zip((deal, gone, other), before, strict=True):
        row.refresh_from_db()
        assert row.custom == was
    assert labels(field) == ["Gold", "Silver"]
    assert list(disagreements(Deal)) == []


def test_a_choice_never_takes_the_number_of_another() -> None:
    field = make.custom_field("choice")
    first, second = field.labels
    remove_choice(field, second, by=SYSTEM)
    add_choice(field, "Bronze", by=SYSTEM)
    assert second not in field.labels
    with pytest.raises(ValidationError):
        remove_choice(field, second, by=SYSTEM)
    with pytest.raises(ValidationError):
        remove_choice(field, first, by=SYSTEM, instead=first)


def test_a_copy_has_the_stages_and_no_deals() -> None:
    make.deal(stage=make.stage(1))
    make.stage(1).edit(by=SYSTEM, buyer_decision="We have this problem", probability=30)
    copy = copy_pipeline(make.pipeline(), "Partners", by=SYSTEM)
    assert [stage.name for stage in copy.kept_stages()] == [stage.name for stage in make.pipeline().kept_stages()]
    second = copy.kept_stages()[1]
    assert (second.buyer_decision, second.probability, second.rot_days) == ("We have this problem", 30, 7)
    assert not Deal.objects.filter(pipeline=copy).exists()
    assert list(Pipeline.objects.kept()) == [make.pipeline(), copy]
    with pytest.raises(ValidationError):
        copy_pipeline(make.pipeline(), "partners", by=SYSTEM)


def test_a_stage_is_added_at_the_end() -> None:
    pipeline = add_pipeline("Partners", ["A", "B"], by=SYSTEM)
    add_stage(pipeline, "C", by=SYSTEM)
    assert [stage.name for stage in pipeline.kept_stages()] == ["A", "B", "C"]
    with pytest.raises(ValidationError):
        add_stage(pipeline, "c", by=SYSTEM)


def test_currencies_come_and_go(cast: Cast) -> None:
    euro = rates.add_currency("EUR", by=cast.leader)
    with pytest.raises(ValidationError):
        rates.add_currency("EUR", by=cast.leader)
    rates.drop_currency(euro, by=cast.leader)
    assert rates.add_currency("EUR", by=cast.leader).pk == euro.pk
    rates.set_base_currency("EUR", by=cast.leader)
    with pytest.raises(ValidationError):
        rates.drop_currency(Currency.objects.get(code="EUR"), by=cast.leader)
    with pytest.raises(ValidationError):
        rates.add_currency("euro", by=cast.leader)
    assert Change.objects.filter(entity="currency").count() >= 3
