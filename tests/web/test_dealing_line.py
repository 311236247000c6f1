"""How one line is read as a deal."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from leadline.web.dealing.line import Line, read_line
from leadline.web.editing.amounts import money
from leadline.web.frame.reader import Reader, _reader

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "board.md"

pytestmark = pytest.mark.django_db  # a sign of several currencies means the base currency where it can
PEOPLE = {1: "Olga Ortega", 2: "Theo Tan", 3: "Theodora Vance", 4: "Theo"}
CODES = {"EUR", "USD"}

READ = {
    "Acme renewal": Line("Acme renewal"),
    "Acme renewal 12k": Line("Acme renewal", Decimal(12000)),
    "Acme renewal 12k @Olga": Line("Acme renewal", Decimal(12000), owner=1),
    "12.5k Acme": Line("Acme", Decimal(12500)),
    "Acme €12k": Line("Acme", Decimal(12000), "EUR"),
    "Acme 500 EUR": Line("Acme", Decimal(500), "EUR"),
    "Acme 12,000": Line("Acme", Decimal(12000)),
    "Acme 12.000,50": Line("Acme", Decimal("12000.50")),
    "Acme 1.5m USD": Line("Acme", Decimal(1500000), "USD"),
    "Acme 99.90$": Line("Acme", Decimal("99.90"), "USD"),
    # any currency, before or after, with or without a space
    "Foo 12k EUR": Line("Foo", Decimal(12000), "EUR"),
    "Stark Industries 2.500,75 €": Line("Stark Industries", Decimal("2500.75"), "EUR"),
    "Stark 5.000 €": Line("Stark", Decimal(5000), "EUR"),
    "Foo 500 EUR": Line("Foo", Decimal(500), "EUR"),
    "500 eur Foo": Line("Foo", Decimal(500), "EUR"),
    "€12.5k Foo": Line("Foo", Decimal(12500), "EUR"),
    "2500€ Foo": Line("Foo", Decimal(2500), "EUR"),
    "CHF 1'200 Foo": Line("Foo", Decimal(1200), "CHF"),
    "Foo 1,200.50 USD": Line("Foo", Decimal("1200.50"), "USD"),
    "Foo 12,5k PLN": Line("Foo", Decimal(12500), "PLN"),
    "Foo 2 500 kr": Line("Foo", Decimal(2500), "SEK"),
    "Foo 2\u202f500 zł": Line("Foo", Decimal(2500), "PLN"),
    "Foo 500gbp": Line("Foo", Decimal(500), "GBP"),
    "Foo £ 500": Line("Foo", Decimal(500), "GBP"),
    "Foo $500 CAD": Line("Foo", Decimal(500), "CAD"),
    "Phase 2 500k": Line("Phase 2", Decimal(500000)),
    "Foo 2,500 2027": Line("Foo 2027", Decimal(2500)),
    # no money says so: titles
    "Room 2 500": Line("Room 2 500"),
    "Give it 3 try": Line("Give it 3 try"),
    "Support 500 DEM": Line("Support 500 DEM"),  # no money any more
    "Support 24/7": Line("Support 24/7"),
    "Version 2.0.1": Line("Version 2.0.1"),
    "Phase 2": Line("Phase 2"),
    "Budget 2027": Line("Budget 2027"),
    "Acme 500": Line("Acme 500"),
    "Migration to 365 NOW": Line("Migration to 365 NOW"),
    "5G rollout": Line("5G rollout"),
    "12k": Line("12k"),
    # people
    "Call @ten": Line("Call @ten", unknown="ten"),
    "@Olga": Line("@Olga"),
    "Acme @vance": Line("Acme", owner=3),
    "Acme @theo": Line("Acme", owner=4),  # the whole name before its beginnings
    "Acme @the": Line("Acme @the", several="the"),  # more than one
    "Acme 12k @Nobody": Line("Acme @Nobody", Decimal(12000), unknown="Nobody"),
    "mail olga@example.com": Line("mail olga@example.com"),
    "  Acme   GmbH  ": Line("Acme GmbH"),
    "": Line(""),
}


@pytest.mark.parametrize("text", READ)
def test_lines(text: str) -> None:
    assert read_line(text, CODES, PEOPLE) == READ[text]


@given(st.text(max_size=80))
def test_any_line_can_be_read_and_keeps_a_title(text: str) -> None:
    line = read_line(text, CODES, PEOPLE)
    assert bool(line.title) == bool(text.split())
    assert line.value is None or line.value >= 0


@pytest.mark.parametrize("locale", ["en", "de", "fr_CH"])
@pytest.mark.parametrize("typed", ["2.500,75", "12,5", "1'200", "1,200.50", "12k", "5 000", "1.5m", "5.000", "0.99"])
def test_the_line_and_the_editor_read_the_same(typed: str, locale: str) -> None:
    token = _reader.set(Reader(Locale.parse(locale), dt.UTC))
    try:
        line = read_line(f"Acme {typed} EUR", CODES, PEOPLE)
        assert (line.value, line.currency) == money(f"{typed} EUR")
    finally:
        _reader.reset(token)


def test_every_line_of_the_guide_is_read_as_it_says() -> None:
    rows = re.findall(
        r"^\| (`.+`) \| (.+) \|$", GUIDE.read_text(encoding="utf-8").split("## Adding by one line")[1], re.M
    )
    assert len(rows) >= 6
    for lines, said in rows:
        for text in re.findall("`([^`]+)`", lines):
            line = read_line(text, CODES, PEOPLE)
            if said.startswith("titles"):
                assert line == Line(text)
            else:
                title, value = re.match(r"\*(.+?)\*, ([\d,.]+)", said).groups()  # type: ignore[union-attr]
                assert (line.title, line.value) == (title, Decimal(value.replace(",", "")))
                assert ("euro" in said) == (line.currency == "EUR")
                assert ("Olga" in said) == (line.owner == 1)
