"""Editing in place: one editor for every field of every record."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User, Visibility
from leadline.crm.fields import fields_of, kinds
from leadline.crm.models import CustomField, Deal, Label, Organization
from leadline.crm.rates import set_base_currency
from leadline.history import members
from leadline.history.models import Change
from leadline.web.editing.amounts import amount, money
from leadline.web.editing.drawing import was
from tests import factories as make
from tests.cast import Cast

SignedIn = Callable[[User], Client]
SCRIPT = {"HTTP_ACCEPT": "application/json, text/html"}


@pytest.fixture
def deal(cast: Cast) -> Deal:
    return make.deal(owner=cast.owner, title="Big <b>deal</b>", value=Decimal(1200))


def at(record: Any, name: str) -> str:
    return reverse("edit", args=[record.ENTITY, record.pk, name])


def save(client: Client, record: Any, name: str, value: Any, **more: Any) -> Any:
    return client.post(at(record, name), {"value": value, **more}, **SCRIPT)


def test_every_editable_field_has_an_editor_that_saves_what_stands_in_it(cast: Cast, signed_in: SignedIn) -> None:
    CustomField(entity="deal", name="Tier", kind="choice", options=["Gold", "Tin"]).add(by=SYSTEM)
    Label(name="Hot").add(by=SYSTEM)
    owner = cast.owner
    records = {
        "deal": make.deal(owner=owner, organization=make.organization(owner=owner)),
        "lead": make.lead(owner=owner),
        "person": make.person(owner=owner, emails=[{"value": "a@example.com", "label": "work"}]),
        "organization": make.organization(owner=owner),
        "product": make.product(),
        "activity": make.activity(owner=owner, due_at=dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC)),
    }
    client = signed_in(cast.administrator)
    assert set(kinds()) == set(records)
    for kind, record in records.items():
        before = record.snapshot()
        for name, field in fields_of(kind).items():
            answer = client.get(at(record, name), **SCRIPT)
            assert answer.status_code == (200 if field.editable else 404), (kind, name)
            if field.editable:
                assert b'name="value"' in answer.content, (kind, name)
        record.refresh_from_db()
        assert record.snapshot() == before


def test_a_value_is_saved_and_can_be_taken_back(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    field = fields_of("deal")["value"]
    answer = save(client, deal, "value", "12.5k", was=was(field, deal))
    assert answer.status_code == 200
    assert "12,500" in answer.content.decode()
    deal.refresh_from_db()
    assert deal.value == Decimal(12500)
    told = json.loads(answer.headers["HX-Trigger"])["leadline:done"]
    undone = client.post(reverse("undo", args=[told["act"]]), **SCRIPT)
    assert undone.status_code == 200
    deal.refresh_from_db()
    assert deal.value == Decimal(1200)


def test_the_second_of_two_is_told_and_may_insist(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    field = fields_of("deal")["title"]
    seen = was(field, deal)
    assert save(signed_in(cast.owner), deal, "title", "Mine", was=seen).status_code == 200
    client = signed_in(cast.teammate)
    refused = save(client, deal, "title", "Theirs", was=seen)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Olga changed this to Mine meanwhile" in page
    assert 'value="Theirs"' in page, "what was typed is kept"
    deal.refresh_from_db()
    assert deal.title == "Mine"
    assert save(client, deal, "title", "Theirs", was=was(field, deal)).status_code == 200


def test_what_cannot_be_is_said_beside_the_field(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    for name, value in (
        ("title", "  "),
        ("value", "lots"),
        ("value", "-3"),
        ("value", "NaN"),
        ("value", "1e99"),
        ("expected_close_on", "2026-02-30"),
        ("owner", "999999"),
        ("owner", "x"),
        ("stage", "0"),
        ("labels", "77"),
    ):
        answer = save(client, deal, name, value)
        assert answer.status_code == 422, (name, value)
        assert 'class="error"' in answer.content.decode(), (name, value)
    before = Change.objects.count()
    deal.refresh_from_db()
    assert (deal.title, deal.value) == ("Big <b>deal</b>", Decimal(1200))
    assert Change.objects.count() == before


def test_text_is_never_markup(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    answer = save(signed_in(cast.owner), deal, "title", '"><script>alert(1)</script>')
    assert "<script>" not in answer.content.decode()
    editor = signed_in(cast.owner).get(at(deal, "title"), **SCRIPT)
    assert "<script>" not in editor.content.decode()


def test_who_may_not_see_finds_nothing_and_who_may_not_change_is_refused(
    cast: Cast, signed_in: SignedIn, deal: Deal
) -> None:
    members.add(Visibility(kind="deal", see="team", change="owner"), by=SYSTEM)
    assert save(signed_in(cast.outsider), deal, "title", "x").status_code == 404
    assert save(signed_in(cast.teammate), deal, "title", "x").status_code == 403
    assert save(signed_in(cast.reader), deal, "title", "x").status_code == 403
    deal.refresh_from_db()
    assert deal.title == "Big <b>deal</b>"


def test_an_organization_that_is_not_there_is_added_by_its_name(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    answer = save(client, deal, "organization", "", new="Acme Ltd")
    assert answer.status_code == 200, answer.content
    deal.refresh_from_db()
    assert str(deal.organization) == "Acme Ltd"
    act = json.loads(answer.headers["HX-Trigger"])["leadline:done"]["act"]
    client.post(reverse("undo", args=[act]), **SCRIPT)
    deal.refresh_from_db()
    assert deal.organization is None
    assert not Organization.objects.kept().filter(name="Acme Ltd").exists()


def test_a_move_goes_by_the_verb_of_the_board(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    answer = save(signed_in(cast.owner), deal, "stage", str(make.stage(2).pk))
    assert answer.status_code == 200
    deal.refresh_from_db()
    assert deal.stage == make.stage(2)
    assert deal.stage_entered_at is not None


def test_currency_goes_with_the_value(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    set_base_currency("EUR", by=SYSTEM)
    answer = save(signed_in(cast.owner), deal, "value", "50", currency="EUR")
    assert answer.status_code == 200, answer.content
    deal.refresh_from_db()
    assert (deal.value, deal.currency) == (Decimal(50), "EUR")


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("1200", "1200", ""),
        ("1,200.50", "1200.50", ""),
        ("$ 1,200", "1200", "USD"),
        ("12k", "12000", ""),
        ("1.5m", "1500000", ""),
        ("1200 EUR", "1200", "EUR"),
        ("500 eur", "500", "EUR"),
        ("12k €", "12000", "EUR"),
        ("€12.5k", "12500", "EUR"),
        ("2.500,75 €", "2500.75", "EUR"),
        ("5.000 €", "5000", "EUR"),
        ("12,5", "12.5", ""),
        ("CHF 1'200", "1200", "CHF"),
        ("2\u202f500 zł", "2500", "PLN"),
        ("-3", "-3", ""),
    ],
)
def test_amounts_as_people_write_them(db: None, text: str, value: str, code: str) -> None:
    assert money(text) == (Decimal(value), code)


@pytest.mark.parametrize(
    "text", ["", "k", "12x", "1,20,0", "0x10", "1e5", "--1", "twelve", "5 km", "EUR 5 USD", "x" + " " * 9000 + "x", "²"]
)
def test_amounts_that_are_none(db: None, text: str) -> None:
    with pytest.raises(ValidationError):
        money(text)


def test_a_number_may_have_three_decimals_and_money_may_not() -> None:
    assert amount("1.234") == Decimal("1.234")


def test_a_currency_typed_beside_the_value_is_kept(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    answer = save(signed_in(cast.owner), deal, "value", "€2500", currency="USD")
    assert answer.status_code == 200, answer.content
    deal.refresh_from_db()
    assert (deal.value, deal.currency) == (Decimal(2500), "EUR")


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        assert Decimal(amount(text)).is_finite()
    except ValidationError:
        pass
