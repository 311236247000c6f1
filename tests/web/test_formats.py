"""Numbers, money and times as the reader writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from babel import Locale
from django.test import Client

from leadline.accounts.models import User
from leadline.web.frame import formats, reader
from leadline.web.frame.reader import Reader, zone
from leadline.web.insights.wording import between, share
from tests.cast import Cast
from tests.web.conftest import Company

NIGHT = dt.datetime(2026, 3, 28, 23, 30, tzinfo=dt.UTC)


@contextmanager
def read_by(locale: str, place: str = "UTC") -> Iterator[None]:
    token = reader._reader.set(Reader(Locale.parse(locale), zone(place)))
    try:
        yield
    finally:
        reader._reader.reset(token)


@pytest.mark.parametrize(
    ("locale", "money", "percent", "number"),
    [
        ("en_US", "$10,005,534", "63%", "1,234.6"),
        ("de_DE", "10.005.534 $", "63 %", "1.234,6"),
        ("hi_IN", "$1,00,05,534", "63%", "1,234.6"),
    ],
)
def test_by_country(locale: str, money: str, percent: str, number: str) -> None:
    with read_by(locale):
        assert formats.money(Decimal("10005534.00"), "USD").replace("\xa0", " ") == money
        assert formats.percent(0.631).replace("\xa0", " ") == percent
        assert formats.number(1234.56, 1) == number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("12.50"), "$12.50"),
        (Decimal("12.00"), "$12"),
        (Decimal("999.99"), "$999.99"),
        (Decimal("1000.50"), "$1,000"),
        (Decimal("-3"), "-$3"),
        (None, "–"),
        (99_999_999, "$99,999,999"),
        (123_456_789, "$123.5M"),
    ],
)
def test_money_without_needless_cents(value: Decimal | None, shown: str) -> None:
    with read_by("en_US"):
        assert formats.short_money(value, "USD") == shown


def test_long_numbers_are_written_out_and_none_is_not_known() -> None:
    with read_by("en_US"):
        assert formats.number(Decimal("9" * 39)) == ",".join(["999"] * 13)
        assert formats.money(Decimal("9" * 39), "USD") == "$" + ",".join(["999"] * 13)
        assert len(formats.number(1e300).replace(",", "")) == 301
        assert formats.number(float("nan"), 2) == formats.UNKNOWN


def test_times_are_of_the_readers_zone() -> None:
    with read_by("en_GB", "Europe/Berlin"):
        assert formats.day(NIGHT) == "29 Mar 2026"
        assert formats.moment(NIGHT) == "29 Mar 2026, 00:30"
    with read_by("en_GB"):
        assert formats.day(NIGHT) == "28 Mar 2026"


@pytest.mark.parametrize(("value", "shown"), [(8.94, "8.9"), (9.0, "9.0"), (9.97, "10"), (48.9, "49"), (None, "–")])
def test_days(value: float | None, shown: str) -> None:
    with read_by("en"):
        assert formats.days(value) == shown


def test_few_trials_are_counted_not_shared_out() -> None:
    with read_by("en"):
        assert share({"n": 3, "numerator": 2, "value": 2 / 3}) == "2 of 3"
        assert share({"n": 5, "numerator": 2, "value": 0.4}) == "40%"
        assert share({"n": 0, "numerator": 0, "value": None}) == "–"
        assert between({"n": 0, "low": None, "high": None}, formats.percent) == ""


def test_the_reader_is_who_they_say_else_what_their_browser_says(
    company: Company, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    place = "/insights/deals/?metric=win_rate&owner=Theo&part=numerator"
    client = signed_in(cast.administrator)
    assert "Jan 21, 2026" in client.get(place, HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.5").content.decode()
    assert "21 Jan 2026" in client.get(place, HTTP_ACCEPT_LANGUAGE="en-GB").content.decode()
    # French is not available as a language of the page, so its way of writing numbers is not mixed in.
    assert "Jan 21, 2026" in client.get(place, HTTP_ACCEPT_LANGUAGE="fr-FR,fr").content.decode()
    assert "21 Jan 2026" in client.get(place, HTTP_ACCEPT_LANGUAGE="fr-FR,en-GB;q=0.5").content.decode()
    User.objects.filter(pk=cast.administrator.pk).update(language="en-GB", time_zone="Pacific/Kiritimati")
    page = client.get(place, HTTP_ACCEPT_LANGUAGE="en-US").content.decode()
    assert "22 Jan 2026" in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("asked", ["", "*", "xx-YY", "en-XX;q=nonsense", "a" * 5000, "en\x00"])
def test_no_header_breaks_a_page(db: None, client: Client, asked: str) -> None:
    assert client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE=asked).status_code == 200


def test_the_theme_is_worn_from_the_first_byte(db: None, client: Client) -> None:
    assert "data-theme" not in client.get("/sign-in/").content.decode().split(">")[1]
    client.post("/me/theme/", {"theme": "dark", "next": "/sign-in/"})
    assert 'data-theme="dark"' in client.get("/sign-in/").content.decode()
    client.post("/me/theme/", {"theme": ""})
    assert 'data-theme="dark"' not in client.get("/sign-in/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "<script>" not in client.get("/sign-in/").content.decode().split("<head>")[0]


def test_an_amount_by_itself_keeps_its_cents() -> None:
    assert formats.exact_money(Decimal("2500.75"), "USD") == "$2,500.75"
    assert formats.exact_money(Decimal("2500.00"), "USD") == "$2,500"
    assert formats.exact_money(None, "USD") == "–"
