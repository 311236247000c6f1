"""How one line is read as an activity."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.web.activities.line import Line, read_line

NOW = dt.datetime(2026, 11, 22, 10, 20, tzinfo=zoneinfo.ZoneInfo("Europe/Zurich"))  # a Sunday
TYPES = {1: "Call", 2: "E-mail", 3: "Meeting", 4: "Site visit"}


def at(month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=NOW.tzinfo)


READ = {
    "call tue 10 about the proposal": Line("Call about the proposal", 1, at(11, 24, 10)),
    "meeting tomorrow 14:30": Line("", 3, at(11, 23, 14, 30)),
    "e-mail next friday": Line("", 2, at(11, 27, 9)),
    "email on friday: the offer": Line("Email: the offer", 2, at(11, 27, 9)),
    "call in 2 weeks": Line("", 1, at(12, 6, 9)),
    "call 3 dec 9:00": Line("", 1, at(12, 3, 9)),
    "Call Ann thursday at 3pm": Line("Call Ann", 1, at(11, 26, 15)),
    "call Ann wed 3": Line("Call Ann", 1, at(11, 25, 15)),
    "Site visit dec 3rd at noon": Line("", 4, at(12, 3, 12)),
    "call 14:30 tomorrow": Line("", 1, at(11, 23, 14, 30)),
    "call in 2 hours": Line("", 1, at(11, 22, 12, 20)),
    "call today": Line("", 1, at(11, 22, 11)),
    "called Ann yesterday 15:00": Line("Called Ann", 1, at(11, 21, 15)),
    "call at 8": Line("", 1, at(11, 22, 8)),
    "send the offer 2026-12-01": Line("Send the offer", None, at(12, 1, 9)),
    # nothing says when
    "call": Line("", 1),
    "Send 2 offers": Line("Send 2 offers"),
    "may we call them": Line("May we call them"),
    "Callback list": Line("Callback list"),
    "call about the 10 seats": Line("Call about the 10 seats", 1),
    "call about version 2.30.1": Line("Call about version 2.30.1", 1),
    "call at 25": Line("Call at 25", 1),
    "": Line(""),
}


@pytest.mark.parametrize("text", READ)
def test_lines(text: str) -> None:
    assert read_line(text, TYPES, NOW, Locale("en")) == READ[text]


@pytest.mark.parametrize(("locale", "month", "day"), [("en_US", 12, 3), ("en_GB", 3, 12)])
def test_which_number_is_the_month_is_the_readers_way(locale: str, month: int, day: int) -> None:
    due = read_line("call 12/3", TYPES, NOW, Locale.parse(locale)).due
    assert due is not None
    assert (due.month, due.day) == (month, day)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_line_can_be_read(text: str) -> None:
    line = read_line(text, TYPES, NOW, Locale("en"))
    assert line.due is None or line.due.tzinfo is not None


def test_a_very_long_line_is_read_soon() -> None:
    assert read_line("next " * 20_000, TYPES, NOW, Locale("en")).due is None
