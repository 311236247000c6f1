"""How one line is read as a deal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.web.dealing.line import Line, read_line

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
    # no money says so: titles
    "Phase 2": Line("Phase 2"),
    "Budget 2027": Line("Budget 2027"),
    "Acme 500": Line("Acme 500"),
    "Migration to 365 NOW": Line("Migration to 365 NOW"),
    "5G rollout": Line("5G rollout"),
    "12k": Line("12k"),
    # people
    "Call @ten": Line("Call @ten"),
    "@Olga": Line("@Olga"),
    "Acme @vance": Line("Acme", owner=3),
    "Acme @theo": Line("Acme", owner=4),  # the whole name before its beginnings
    "Acme @the": Line("Acme @the"),  # more than one
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
