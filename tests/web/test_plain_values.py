"""What no column refuses and nobody means: names that nobody sees, amounts beyond all money."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import User
from leadline.crm.models import Deal, Label, Person, Pipeline
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("name", ["\u200b", "\u202e\u200b\u2060", "\u00a0\u3000", "\ufeff", "\u3164"])
def test_a_name_that_nobody_sees_is_none(cast: Cast, signed_in: SignIn, name: str) -> None:
    deal, client = make.deal(title="Seen", owner=cast.owner), signed_in(cast.owner)
    at = reverse("edit", args=["deal", deal.pk, "title"])
    assert client.post(at, {"value": name, "was": '"Seen"'}, headers=HTMX).status_code == 422
    assert client.post(reverse("deal_add"), {"title": name}, headers=HTMX).status_code == 422
    assert client.post(reverse("person_add"), {"name": name}, headers=HTMX).status_code == 422
    labels = reverse("named_add", args=["labels"])
    assert signed_in(cast.administrator).post(labels, {"name": name}, headers=HTMX).status_code == 422
    assert list(Deal.objects.values_list("title", flat=True)) == ["Seen"]
    assert not Person.objects.exists()
    assert not Label.objects.exists()


def test_a_name_with_a_sign_without_width_stays(cast: Cast) -> None:
    family = "\U0001f468\u200d\U0001f469"  # one picture of two, held together
    assert make.deal(title=family).title == family


@pytest.mark.parametrize("value", ["1000000000000000", "9" * 18, "9" * 30])
def test_amounts_beyond_all_money_are_refused(cast: Cast, signed_in: SignIn, value: str) -> None:
    deal, client = make.deal(owner=cast.owner), signed_in(cast.owner)
    names = ["value", *(f"own_{make.custom_field(kind).pk}" for kind in ("money", "number"))]
    for name in names:
        at = reverse("edit", args=["deal", deal.pk, name])
        assert client.post(at, {"value": value}, headers=HTMX).status_code == 422, name
    deal.refresh_from_db()
    assert (deal.value, deal.custom) == (Decimal(1000), {})
    at = reverse("edit", args=["deal", deal.pk, "value"])
    assert client.post(at, {"value": "9" * 15}, headers=HTMX).status_code == 200
    deal.refresh_from_db()
    assert deal.value == Decimal("9" * 15)


def test_only_those_who_lead_begin_a_pipeline(cast: Cast, signed_in: SignIn) -> None:
    for user in (cast.reader, cast.owner):
        assert signed_in(user).post(reverse("pipeline_start")).status_code == 403
    assert not Pipeline.objects.exists()
    assert signed_in(cast.leader).post(reverse("pipeline_start")).status_code == 302
    assert Pipeline.objects.count() == 1
