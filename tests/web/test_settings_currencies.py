"""Currencies and rates in the settings: the base, what others are worth by day, corrections, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm import rates
from leadline.crm.models import Currency, Deal, Rate, base_currency
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.answers import act_of, at, errors, leader, part
from tests.web.reading import read

SignIn = Callable[[User], Client]
__all__ = ["leader"]  # the fixture
HTMX = {"HTTP_HX_REQUEST": "true"}


def test_everything_is_in_one_currency(leader: Client) -> None:
    text = part(leader.get(at("currencies"))).text
    assert "USD US Dollar" in text
    assert "Everything is in USD" in text


def test_what_is_missing_is_said_and_mended(leader: Client, cast: Cast) -> None:
    day = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    for _ in range(2):
        make.deal(value=100, currency="GBP", created_at=day, at=day)
    page = part(leader.get(at("currencies")))
    assert "2 deals in GBP have no rate for their day" in page.text
    assert page.one(id="from-GBP").attributes["value"] == "2026-03-02"
    assert read(leader.get(at("currencies_uses")).content).one(id="uses-currency-GBP").text == "2 deals"
    answer = leader.post(at("rate_add", "GBP"), {"on_date": "2026-03-02", "rate": "1.25"}, **HTMX)
    assert answer.status_code == 200
    assert "have no rate" not in part(answer).text
    assert set(Deal.objects.values_list("value_base", flat=True)) == {Decimal(125)}
    undo_act(act_of(answer), by=cast.leader)
    assert set(Deal.objects.values_list("value_base", flat=True)) == {None}


def test_a_mistyped_rate_is_put_right(leader: Client, cast: Cast) -> None:
    rates.add_rate("EUR", dt.date(2026, 1, 1), Decimal("10.8"), by=SYSTEM)
    make.deal(value=100, currency="EUR")
    row = Rate.objects.get()
    answer = leader.post(at("rate_change", row.pk), {"rate": "1.08"}, **HTMX)
    assert Deal.objects.get().value_base == Decimal(108)
    assert part(answer).one(id=f"rate-{row.pk}").attributes["value"] == "1.08"
    undo_act(act_of(answer), by=cast.leader)
    assert Deal.objects.get().value_base == Decimal(1080)
    leader.post(at("rate_delete", row.pk), **HTMX)
    assert Deal.objects.get().value_base is None


def test_rates_are_read_as_the_reader_writes(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.leader)
    answer = client.post(
        at("rate_add", "EUR"),
        {"on_date": "2026-01-01", "rate": "1,08"},
        **HTMX,
        HTTP_ACCEPT_LANGUAGE="en-DE,en;q=0.9",
    )
    assert (answer.status_code, Rate.objects.get().rate) == (200, Decimal("1.08"))
    assert part(answer).one(id=f"rate-{Rate.objects.get().pk}").attributes["value"] == "1,08"


@pytest.mark.parametrize(
    "typed",
    [
        {"on_date": "2026-01-01", "rate": "much"},
        {"on_date": "2026-01-01", "rate": ""},
        {"on_date": "2026-01-01", "rate": "0"},
        {"on_date": "2026-01-01", "rate": "-1"},
        {"on_date": "2026-01-01", "rate": "1e400"},
        {"on_date": "2026-01-01", "rate": "NaN"},
        {"on_date": "2026-01-01", "rate": "9" * 40},
        {"on_date": "someday", "rate": "1.1"},
        {"on_date": "2026-05-05", "rate": "1.1"},  # has one already
    ],
)
def test_rates_that_cannot_be(leader: Client, typed: dict[str, str]) -> None:
    rates.add_rate("EUR", dt.date(2026, 5, 5), Decimal("1.08"), by=SYSTEM)
    answer = leader.post(at("rate_add", "EUR"), typed, **HTMX)
    assert (answer.status_code, len(errors(answer))) == (422, 1)
    assert part(answer).one(id="worth-EUR").attributes["value"] == typed["rate"]
    assert Rate.objects.kept().count() == 1


def test_currencies_come_and_go(leader: Client) -> None:
    leader.post(at("currency_add"), {"code": "chf"}, **HTMX)
    row = Currency.objects.get()
    assert row.code == "CHF"
    assert leader.post(at("currency_add"), {"code": "CHF"}, **HTMX).status_code == 422
    for wrong in ("", "EURO", "12"):
        assert leader.post(at("currency_add"), {"code": wrong}, **HTMX).status_code == 422
    answer = leader.post(at("currency_drop", row.pk), **HTMX)
    assert "CHF Swiss Franc" not in part(answer).one("p", class_="nothing").text
    assert not Currency.objects.kept().exists()


def test_another_base_turns_everything(leader: Client, cast: Cast) -> None:
    rates.add_rate("EUR", dt.date(2020, 1, 1), Decimal(2), by=SYSTEM)
    make.deal(value=100, currency="USD")
    asked = part(leader.get(at("currencies") + "?ask=base", **HTMX)).text
    assert "1 deal is valued anew" in asked
    answer = leader.post(at("base_change"), {"code": "EUR"}, **HTMX)
    assert (base_currency(), Deal.objects.get().value_base) == ("EUR", Decimal(50))
    assert "1 USD = 0.5 EUR" in part(answer).text
    undo_act(act_of(answer), by=cast.leader)
    assert (base_currency(), Deal.objects.get().value_base) == ("USD", Decimal(100))
    answer = leader.post(at("base_change"), {"code": ""}, **HTMX)
    assert (answer.status_code, len(errors(answer))) == (422, 1)
    assert leader.post(at("rate_add", "USD"), {"on_date": "2026-01-01", "rate": "1"}, **HTMX).status_code == 422


@pytest.mark.parametrize("who", ["owner", "reader"])
def test_who_may_not_change_sees_no_way_to(cast: Cast, signed_in: SignIn, who: str) -> None:
    rates.add_rate("EUR", dt.date(2020, 1, 1), Decimal(2), by=SYSTEM)
    rate, row = Rate.objects.get(), rates.add_currency("EUR", by=SYSTEM)
    client = signed_in(getattr(cast, who))
    shown = part(client.get(at("currencies") + "?ask=base"))
    assert "from Jan 1, 2020" in shown.text
    assert list(shown.all("form")) == []
    tries: list[tuple[str, dict[str, str]]] = [
        (at("base_change"), {"code": "EUR"}),
        (at("currency_add"), {"code": "CHF"}),
        (at("currency_drop", row.pk), {}),
        (at("rate_add", "EUR"), {"on_date": "2026-01-01", "rate": "1"}),
        (at("rate_change", rate.pk), {"rate": "3"}),
        (at("rate_delete", rate.pk), {}),
    ]
    for address, typed in tries:
        assert client.post(address, typed, **HTMX).status_code == 403, address
    assert Rate.objects.get().rate == 2
