"""Own fields: checked by their kind, read back by their kind, found on either database, never in the way of a move."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import CustomField, Deal
from leadline.crm.models.custom_values import plain_value, words
from leadline.history.expecting import Conflict
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "given", "kept", "read"),
    [
        ("text", "  Berlin ", "Berlin", "Berlin"),
        ("number", "3.50", "3.5", Decimal("3.5")),
        ("number", 1_000_000, "1000000", Decimal(1_000_000)),
        ("number", -0.0, "0", Decimal(0)),
        ("money", "1200", "1200.00", Decimal(1200)),
        ("money", Decimal("0.005"), "0.00", Decimal(0)),
        ("date", dt.date(2026, 2, 28), "2026-02-28", dt.date(2026, 2, 28)),
        ("date", "2026-02-28", "2026-02-28", dt.date(2026, 2, 28)),
        ("choice", "gold", 1, 1),
        ("choice", 2, 2, 2),
        ("choice", "2", 2, 2),
        ("choices", ["Silver", "GOLD", 1], [1, 2], [1, 2]),
        ("choices", "Silver", [2], [2]),
        ("text", "", None, None),
        ("choices", [], None, None),
    ],
)
def test_values_are_kept_and_read_by_kind(kind: str, given: Any, kept: Any, read: Any) -> None:
    field, deal = make.custom_field(kind), make.deal()
    deal.set_own({field: given}, by=SYSTEM)
    assert deal.custom.get(field.key) == kept
    assert Deal.objects.get().own_value(field) == read


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("text", "x" * 10_001, "a text of at most 10000 characters"),
        ("number", "many", "Size: many is not a number."),
        ("number", "NaN", "a number"),
        ("number", True, "a number"),
        ("money", "1e30", "an amount of money"),
        ("date", "28.02.2026", "a date like 2026-11-22"),
        ("date", "2026-02-30", "a date"),
        ("choice", "Bronze", "one of Gold, Silver"),
        ("choice", 3, "one of Gold, Silver"),
        ("choices", ["Gold", "Bronze"], "one of Gold, Silver"),
        ("person", 999, "known here"),
        ("user", "Olga", "known here"),
    ],
)
def test_a_wrong_value_is_refused_and_the_field_named(kind: str, given: Any, said: str) -> None:
    field, deal = make.custom_field(kind, name="Size"), make.deal()
    with pytest.raises(ValidationError) as refused:
        deal.set_own({field: given}, by=SYSTEM)
    ((key, messages),) = refused.value.message_dict.items()
    assert key == field.key
    assert messages[0].startswith("Size: ")
    assert said in messages[0]
    assert Deal.objects.get().custom == {}


def test_records_and_colleagues_are_kept_by_number_and_read_by_name() -> None:
    buyer, place, olga = make.person(name="Jane"), make.organization(name="Acme"), person("Olga")
    for kind, record in (("person", buyer), ("organization", place), ("user", olga)):
        field = make.custom_field(kind)
        assert plain_value(field, record) == plain_value(field, str(record.pk)) == record.pk
        assert words(field, record.pk) == str(record)


@pytest.mark.parametrize("entity", ["deal", "lead", "person", "organization", "product"])
def test_every_kind_of_record_can_bear_own_fields(entity: str) -> None:
    field = make.custom_field("number", entity=entity)
    record = getattr(make, entity)(custom={field.key: "7"})
    record.set_own({field: 8}, by=SYSTEM)
    assert type(record).objects.own(field, 8).get() == record
    with pytest.raises(ValidationError):
        record.edit(by=SYSTEM, custom={field.key: "eight"})


def test_a_field_of_another_kind_of_record_is_none() -> None:
    field = make.custom_field("text", entity="lead")
    with pytest.raises(ValidationError) as refused:
        make.deal(custom={field.key: "x"})
    assert list(refused.value.message_dict) == [field.key]


def test_all_wrong_values_are_said_at_once() -> None:
    number, date = make.custom_field("number"), make.custom_field("date")
    with pytest.raises(ValidationError) as refused:
        make.deal(custom={number.key: "x", date.key: "y"})
    assert set(refused.value.message_dict) == {number.key, date.key}


def test_emptied_values_are_gone_and_others_stay() -> None:
    one, two = make.custom_field("text"), make.custom_field("text")
    deal = make.deal(custom={one.key: "1", two.key: "2"})
    deal.set_own({one: ""}, by=SYSTEM)
    assert Deal.objects.get().custom == {two.key: "2"}


def test_a_move_does_not_ask_about_own_fields() -> None:
    field = make.custom_field("text")
    deal, stage = make.deal(custom={field.key: "1"}), make.stage(1)
    with CaptureQueriesContext(connection) as asked:
        deal.move_to(stage, by=SYSTEM)
    assert not [query for query in asked if "crm_customfield" in query["sql"]]


def test_a_deleted_field_leaves_its_values_and_takes_no_new_ones() -> None:
    field = make.custom_field("text")
    deal = make.deal(custom={field.key: "1"})
    field.trash(by=SYSTEM)
    deal.edit(by=SYSTEM, title="Still editable")
    assert Deal.objects.get().custom == {field.key: "1"}
    with pytest.raises(ValidationError):
        deal.set_own({field: "2"}, by=SYSTEM)
    field.restore(by=SYSTEM)
    deal.set_own({field: "2"}, by=SYSTEM)


def test_a_value_can_be_put_back() -> None:
    from leadline.history.models import Change

    field = make.custom_field("number")
    deal = make.deal(custom={field.key: "1"})
    deal.set_own({field: 2}, by=SYSTEM)
    undo(Change.objects.filter(entity="deal").latest("id"), by=SYSTEM)
    assert Deal.objects.get().own_value(field) == Decimal(1)


# --- finding ---


@pytest.fixture
def numbers() -> CustomField:
    field = make.custom_field("number")
    for value in ("9", "10", "-3", "10.5", None):
        make.deal(title=str(value), custom={field.key: value} if value else {})
    return field


def titles(rows: Any) -> set[str]:
    return {deal.title for deal in rows}


def test_numbers_are_found_as_numbers(numbers: CustomField) -> None:
    assert titles(Deal.objects.own(numbers, at_least=9)) == {"9", "10", "10.5"}
    assert titles(Deal.objects.own(numbers, at_most=10, at_least="-3")) == {"-3", "9", "10"}
    assert titles(Deal.objects.own(numbers, "10.0")) == {"10"}
    assert titles(Deal.objects.without_own(numbers)) == {"None"}


def test_dates_and_texts_and_choices_are_found() -> None:
    date, text, choice = make.custom_field("date"), make.custom_field("text"), make.custom_field("choice")
    make.deal(title="A", custom={date.key: "2026-01-31", text.key: "Nord'see 100%", choice.key: 1})
    make.deal(title="B", custom={date.key: "2026-02-01", text.key: "Ostsee", choice.key: 2})
    make.deal(title="C")
    assert titles(Deal.objects.own(date, at_least=dt.date(2026, 2, 1))) == {"B"}
    assert titles(Deal.objects.own(text, contains="SEE")) == {"A", "B"}
    assert titles(Deal.objects.own(text, contains="0%")) == {"A"}
    assert titles(Deal.objects.own(text, "Nord'see 100%")) == {"A"}
    assert titles(Deal.objects.own(choice, "silver")) == {"B"}


def test_one_among_several_choices_is_found() -> None:
    """Choice 1 is not choice 10 or 11."""
    field = make.custom_field("choices", options=[f"Choice {number}" for number in range(1, 12)])
    make.deal(title="A", custom={field.key: [1, 11]})
    make.deal(title="B", custom={field.key: [10]})
    assert titles(Deal.objects.own(field, 1)) == {"A"}
    assert titles(Deal.objects.own(field, "Choice 10")) == {"B"}
    assert titles(Deal.objects.exclude(pk__in=Deal.objects.own(field, 1))) == {"B"}


def test_two_own_fields_are_asked_together() -> None:
    one, two = make.custom_field("number"), make.custom_field("text")
    make.deal(title="A", custom={one.key: 1, two.key: "x"})
    make.deal(title="B", custom={one.key: 1, two.key: "y"})
    assert titles(Deal.objects.own(one, 1).own(two, "y")) == {"B"}


def test_records_are_searched_by_what_own_fields_say() -> None:
    tier = make.custom_field("choices")
    deal = make.deal(title="Turbines", custom={tier.key: [1, 2]})
    assert deal.search_text() == "Turbines Gold, Silver"


# --- the fields themselves ---


def test_a_choice_keeps_its_number_when_it_is_renamed_and_no_number_is_given_twice() -> None:
    field = make.custom_field("choice")
    field.edit(by=SYSTEM, options=[{"id": 2, "label": "Platinum"}, {"label": "Bronze"}, "Tin"])
    assert field.labels == {2: "Platinum", 3: "Bronze", 4: "Tin"}


@pytest.mark.parametrize("options", [[], ["Gold", "gold"], [" "], [{"id": 1, "label": "A"}, {"id": 1, "label": "B"}]])
def test_choices_are_some_and_different(options: list[Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        make.custom_field("choice", options=options)
    assert list(refused.value.message_dict) == ["options"]


def test_only_choices_have_choices() -> None:
    with pytest.raises(ValidationError):
        make.custom_field("text", options=["Gold"])


@pytest.mark.parametrize("name", ["kind", "entity", "key"])
def test_what_values_were_written_by_stays(name: str) -> None:
    with pytest.raises(ValidationError):
        make.custom_field("text").edit(by=SYSTEM, **{name: "number"})


def test_keys_are_forty_hexadecimal_characters_and_differ() -> None:
    keys = {make.custom_field("text").key for _ in range(5)}
    assert len(keys) == 5
    assert all(len(key) == 40 and int(key, 16) >= 0 for key in keys)
    with pytest.raises(ValidationError):
        make.custom_field("text", key=keys.pop())


def test_who_comes_second_is_told_what_stands_there_but_no_record_s_name() -> None:
    number, contact = make.custom_field("number"), make.custom_field("person")
    deal = make.deal()
    deal.set_own({number: 5, contact: make.person(name="Secret Smith").pk}, by=SYSTEM)
    with pytest.raises(Conflict) as told:
        deal.set_own({number: 6}, by=SYSTEM, expect={number: None, contact: None})
    assert told.value.now == {number.name: "5", contact.name: "another one"}
    deal.refresh_from_db()
    assert deal.own_value(number) == 5
