"""How one line is read as an activity."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.activities import recurring
from leadline.web.activities.reading import Line, read_line

NOW = dt.datetime(2026, 11, 22, 10, 20, tzinfo=zoneinfo.ZoneInfo("Europe/Zurich"))  # a Sunday
TYPES = {1: "Call", 2: "E-mail", 3: "Meeting", 4: "Site visit", 5: "Task"}
OUTCOMES = {1: "No answer", 2: "Reached", 3: "Meaningful conversation"}
CALL, MAIL, MEETING, VISIT, TASK = TYPES
WEEKLY = "FREQ=WEEKLY"


def at(month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=NOW.tzinfo)


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


# text: (subject, type, what else it says)
READ: dict[str, tuple[str, int | None, dict[str, Any]]] = {
    "call tue 10 about the proposal": ("Call about the proposal", CALL, {"due": at(11, 24, 10)}),
    "call tue 10 about the proposal with Acme 30m !high every week": (
        "Call about the proposal", CALL,
        {"due": at(11, 24, 10), "minutes": 30, "priority": 3, "repeats": WEEKLY, "names": "Acme"},
    ),
    "meeting tomorrow 14:30": ("", MEETING, {"due": at(11, 23, 14, 30)}),
    # a day alone
    "e-mail next friday": ("", MAIL, {"on": on(11, 27)}),
    "email on friday: the offer": ("Email: the offer", MAIL, {"on": on(11, 27)}),
    "call in 2 weeks": ("", CALL, {"on": on(12, 6)}),
    "call today": ("", CALL, {"on": on(11, 22)}),
    "send the offer 2026-12-01": ("Send the offer", None, {"on": on(12, 1)}),
    "call 5 dec": ("", CALL, {"on": on(12, 5)}),
    "call tue next week": ("", CALL, {"on": on(11, 24)}),
    "call next week on thu": ("", CALL, {"on": on(11, 26)}),
    "email eod": ("", MAIL, {"on": on(11, 22)}),
    "task eow clear the desk": ("Task clear the desk", TASK, {"on": on(11, 27), "guess": "clear the desk"}),
    "task eom": ("", TASK, {"on": on(11, 30)}),
    # a time
    "call 3 dec 9:00": ("", CALL, {"due": at(12, 3, 9)}),
    "Call Ann thursday at 3pm": ("Call Ann", CALL, {"due": at(11, 26, 15), "guess": "Ann"}),
    "call Ann wed 3": ("Call Ann", CALL, {"due": at(11, 25, 15), "guess": "Ann"}),
    "Site visit dec 3rd at noon": ("", VISIT, {"due": at(12, 3, 12)}),
    "call 14:30 tomorrow": ("", CALL, {"due": at(11, 23, 14, 30)}),
    "call at 8 tomorrow": ("", CALL, {"due": at(11, 23, 8)}),
    "call in 2 hours": ("", CALL, {"due": at(11, 22, 12, 20)}),
    "call in 30 min": ("", CALL, {"due": at(11, 22, 10, 50)}),
    "call at 8": ("", CALL, {"due": at(11, 22, 8)}),
    "call tomorrow morning": ("", CALL, {"due": at(11, 23, 9)}),
    "call fri afternoon": ("", CALL, {"due": at(11, 27, 14)}),
    "call tonight": ("", CALL, {"due": at(11, 22, 19)}),
    "call 5": ("", CALL, {"due": at(11, 22, 17)}),
    "tomorrow: meeting about prices": ("Meeting about prices", MEETING, {"on": on(11, 23)}),
    # how long
    "call tue 30 min": ("", CALL, {"on": on(11, 24), "minutes": 30}),
    "meeting tomorrow 14:30-15:15": ("", MEETING, {"due": at(11, 23, 14, 30), "minutes": 45}),
    "meeting fri from 10 to 12": ("", MEETING, {"due": at(11, 27, 10), "minutes": 120}),
    "meet @ann thu noon 1h30": ("", MEETING, {"due": at(11, 26, 12), "minutes": 90, "owner": "ann"}),
    "call tue 10 for half an hour": ("", CALL, {"due": at(11, 24, 10), "minutes": 30}),
    "call tue 10 1.5h": ("", CALL, {"due": at(11, 24, 10), "minutes": 90}),
    "call about the 5m round": ("Call about the 5m round", CALL, {}),
    # how often
    "call every tue 10": ("", CALL, {"due": at(11, 24, 10), "repeats": f"{WEEKLY};BYDAY=TU"}),
    "every tue and thu 10 call with Bo": (
        "", CALL, {"due": at(11, 24, 10), "repeats": f"{WEEKLY};BYDAY=TU,TH", "names": "Bo"},
    ),
    "call daily at 9": ("", CALL, {"due": at(11, 23, 9), "repeats": "FREQ=DAILY"}),
    "call daily at 11": ("", CALL, {"due": at(11, 22, 11), "repeats": "FREQ=DAILY"}),
    "call every weekday 8:30": ("", CALL, {"due": at(11, 23, 8, 30), "repeats": f"{WEEKLY};BYDAY=MO,TU,WE,TH,FR"}),
    "task every 15th pay the rent": (
        "Task pay the rent", TASK, {"on": on(12, 15), "repeats": "FREQ=MONTHLY;BYMONTHDAY=15", "guess": "pay the rent"},
    ),
    "call every last friday 16:00 until 1 may": (
        "", CALL, {"due": at(11, 27, 16), "repeats": "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270501"},
    ),
    "meeting every 2 weeks tue 10 for 1h": (
        "", MEETING, {"due": at(11, 24, 10), "minutes": 60, "repeats": f"{WEEKLY};INTERVAL=2"},
    ),
    "call every other monday x5": ("", CALL, {"on": on(11, 23), "repeats": f"{WEEKLY};INTERVAL=2;BYDAY=MO;COUNT=5"}),
    "call monthly": ("", CALL, {"on": on(11, 22), "repeats": "FREQ=MONTHLY"}),
    "call every quarter 3 dec": ("", CALL, {"on": on(12, 3), "repeats": "FREQ=MONTHLY;INTERVAL=3"}),
    "send weekly report fri": ("Send weekly report", None, {"on": on(11, 27)}),
    "task quarterly review": ("Task quarterly review", TASK, {"guess": "quarterly review"}),
    # where, with whom
    "meeting fri 10-11 with Ann Lee and Bo place: Zurich office, bring samples": (
        "Meeting, bring samples", MEETING,
        {"due": at(11, 27, 10), "minutes": 60, "place": "Zurich office", "names": "Ann Lee and Bo"},
    ),
    'meeting tomorrow 9 with "Room & Board" place:"Room 4"': (
        "", MEETING, {"due": at(11, 23, 9), "place": "Room 4", "names": "Room & Board"},
    ),
    "call with Sun Corp tomorrow": ("", CALL, {"on": on(11, 23), "names": "Sun Corp"}),
    'call with "Friday at 10 Ltd" tue': ("", CALL, {"on": on(11, 24), "names": "Friday at 10 Ltd"}),
    "call with Ann Lee to talk prices": ("Call to talk prices", CALL, {"names": "Ann Lee"}),
    "12:00 lunch with Ann": ("Lunch", None, {"due": at(11, 22, 12), "names": "Ann"}),
    # what has been done
    "called Ann yesterday 15:00": ("Called Ann", CALL, {"due": at(11, 21, 15), "guess": "Ann", "done": True}),
    "called acme yesterday, reached": (
        "Called acme", CALL, {"on": on(11, 21), "guess": "acme", "outcome": 2, "done": True},
    ),
    "called Ann no answer": ("Called Ann", CALL, {"guess": "Ann", "outcome": 1, "done": True}),
    "called fri": ("", CALL, {"on": on(11, 20), "done": True}),
    "spoke with Ann Lee today 9:00 about prices, meaningful conversation": (
        "Spoke about prices", CALL, {"due": at(11, 22, 9), "names": "Ann Lee", "outcome": 3, "done": True},
    ),
    "call tue, reached": ("Call, reached", CALL, {"on": on(11, 24)}),  # to come: it has no outcome yet
    # odd ones
    "call 3 about 4 May invoice": ("Call about 4 May invoice", CALL, {"due": at(11, 22, 15)}),
    "call about 4 may": ("Call about 4 may", CALL, {}),
    "call about the offer tue 10 with Acme": ("Call about the offer", CALL, {"due": at(11, 24, 10), "names": "Acme"}),
    "call 3 people": ("Call 3 people", CALL, {"guess": "3 people"}),
    # dots put the day first, a date without a year is to come, and one that does not exist is told of
    "call 3.12.2026 wegen Angebot": ("Call wegen Angebot", CALL, {"on": on(12, 3), "guess": "wegen Angebot"}),
    "call 1.12. 14:00": ("", CALL, {"due": at(12, 1, 14)}),
    "call 5.12.": ("", CALL, {"on": on(12, 5)}),
    "task 5.12. release": ("Task release", TASK, {"on": on(12, 5), "guess": "release"}),
    "call 31.12": ("", CALL, {"on": on(12, 31)}),
    "call Mon, 30.11. 9:00": ("", CALL, {"due": at(11, 30, 9)}),
    "offer 2.5 version fri": ("Offer 2.5 version", None, {"on": on(11, 27)}),
    "call every tue from 1 dec 10:00": ("", CALL, {"due": at(12, 1, 10), "repeats": f"{WEEKLY};BYDAY=TU"}),
    "call at 9.05": ("", CALL, {"due": at(11, 22, 9, 5)}),
    "call tue 9.05": ("", CALL, {"due": at(11, 24, 9, 5)}),
    "call 10.15": ("", CALL, {"due": at(11, 22, 10, 15)}),
    "call 12 mar": ("", CALL, {"on": on(3, 12, 2027)}),
    "called 12 mar": ("", CALL, {"on": on(3, 12), "done": True}),
    "call 12 mar 2026": ("", CALL, {"on": on(3, 12)}),
    "call yesterday": ("", CALL, {"on": on(11, 21), "done": True}),
    "called tomorrow": ("", CALL, {"on": on(11, 23)}),
    "call 30 feb": ("Call 30 feb", CALL, {"guess": "30 feb", "missed": "30 feb"}),
    "task 2/30 of the plan": ("Task 2/30 of the plan", TASK, {"guess": "2/30 of the plan", "missed": "2/30"}),
    # one day and one clock
    "call tonight at 8": ("", CALL, {"due": at(11, 22, 20)}),
    "call tomorrow evening at 7": ("", CALL, {"due": at(11, 23, 19)}),
    "call tomorrow night 8": ("", CALL, {"due": at(11, 23, 20)}),
    "call this afternoon": ("", CALL, {"due": at(11, 22, 14)}),
    "call this morning": ("", CALL, {"due": at(11, 22, 9)}),
    "call day after tomorrow": ("", CALL, {"on": on(11, 24)}),
    "call half past 10 tue": ("", CALL, {"due": at(11, 24, 10, 30)}),
    "call in five days": ("", CALL, {"on": on(11, 27)}),
    "call in half an hour": ("", CALL, {"due": at(11, 22, 10, 50)}),
    "call tue 10h": ("", CALL, {"due": at(11, 24, 10)}),
    "call tue 2h": ("", CALL, {"on": on(11, 24), "minutes": 120}),
    "book 10:30 train tomorrow": ("Book 10:30 train", None, {"due": at(11, 23, 10, 30)}),
    "fix 14:30 bug report fri": ("Fix 14:30 bug report", None, {"due": at(11, 27, 14, 30)}),
    "call fri Ann at 10": ("Call Ann", CALL, {"due": at(11, 27, 10), "guess": "Ann"}),
    "meeting at 10 Downing Street fri 3pm": ("Meeting at 10 Downing Street", MEETING, {"due": at(11, 27, 15)}),
    "task 10 leads before noon": ("Task 10 leads", TASK, {"due": at(11, 22, 12), "guess": "10 leads"}),
    # how often, from when
    "task every month on the 15th": ("", TASK, {"on": on(12, 15), "repeats": "FREQ=MONTHLY;BYMONTHDAY=15"}),
    "call every tue from 1 dec": ("", CALL, {"on": on(12, 1), "repeats": f"{WEEKLY};BYDAY=TU"}),
    "call every thu 10 starting next week": (
        "", CALL, {"due": at(11, 26, 10), "repeats": f"{WEEKLY};BYDAY=TH"},
    ),
    "call every weekend": ("", CALL, {"on": on(11, 22), "repeats": f"{WEEKLY};BYDAY=SA,SU"}),
    # names and things
    "call 3M tomorrow": ("Call 3M", CALL, {"on": on(11, 23), "guess": "3M"}),
    "call 24/7 Fitness tomorrow": ("Call 24/7 Fitness", CALL, {"on": on(11, 23), "guess": "24/7 Fitness"}),
    "call Friday Ltd": ("Call Friday Ltd", CALL, {"guess": "Friday Ltd"}),
    "call Sat Nav Ltd tue": ("Call Sat Nav Ltd", CALL, {"on": on(11, 24), "guess": "Sat Nav Ltd"}),
    "call Noon Inc tue 10": ("Call Noon Inc", CALL, {"due": at(11, 24, 10), "guess": "Noon Inc"}),
    "call Tue Larsen tomorrow": ("Call Tue Larsen", CALL, {"on": on(11, 23), "guess": "Tue Larsen"}),
    "call Thu Nguyen tue 10": ("Call Thu Nguyen", CALL, {"due": at(11, 24, 10), "guess": "Thu Nguyen"}),
    "task black friday campaign": ("Task black friday campaign", TASK, {"guess": "black friday campaign"}),
    "task midnight oil": ("Task midnight oil", TASK, {"guess": "midnight oil"}),
    "call with Jan 10": ("", CALL, {"due": at(11, 22, 10), "names": "Jan"}),
    "call with Ann, Bo and Cy tue 10": ("", CALL, {"due": at(11, 24, 10), "names": "Ann, Bo and Cy"}),
    "order 30m cable": ("Order 30m cable", None, {}),
    "run 5 min video": ("Run 5 min video", None, {}),
    "meeting place:Room 10 tue 9": ("", MEETING, {"due": at(11, 24, 9), "place": "Room 10"}),
    "email jo@acme.com, or @acme.com": ("Email jo@acme.com, or @acme.com", MAIL, {"guess": "jo@acme.com"}),
    "email jo re: 4 May invoice": ("Email jo re: 4 May invoice", MAIL, {"guess": "jo"}),
    # nothing says when
    "call": ("", CALL, {}),
    "Send 2 offers": ("Send 2 offers", None, {}),
    "may we call them": ("May we call them", None, {}),
    "Callback list": ("Callback list", None, {}),
    "call about the 10 seats": ("Call about the 10 seats", CALL, {}),
    "call about version 2.30.1": ("Call about version 2.30.1", CALL, {}),
    "call at 25": ("Call at 25", CALL, {}),
    "!high": ("", None, {"priority": 3}),
    "call !important": ("Call !important", CALL, {"guess": "!important"}),
    "": ("", None, {}),
}  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_lines(text: str) -> None:
    subject, kind, more = READ[text]
    assert read_line(text, TYPES, NOW, Locale("en"), outcomes=OUTCOMES) == Line(subject, kind, **more)


@pytest.mark.parametrize(("locale", "month", "day"), [("en_US", 12, 3), ("en_GB", 3, 12), ("de_CH", 3, 12)])
def test_which_number_is_the_month_is_the_readers_way(locale: str, month: int, day: int) -> None:
    line = read_line("call 12/3 9:00", TYPES, NOW, Locale.parse(locale))
    assert line.due is not None
    assert (line.due.month, line.due.day, line.due.hour) == (month, day, 9)
    assert read_line("call 2026-12-03", TYPES, NOW, Locale.parse(locale)).on == on(12, 3)


def test_the_names_can_be_put_back_into_the_subject() -> None:
    line = read_line("call tue 10 with Nobody Known", TYPES, NOW, Locale("en"))
    assert line.whole("Call") == "Call with Nobody Known"
    assert read_line("call about prices with Bo", TYPES, NOW, Locale("en")).whole() == "Call about prices with Bo"


WORDS = [
    "every", "tue", "10", "with", 'with "', "30m", "!high", "place:", "@", "until", "x5", "yesterday", "in", "call",
    "at", "last friday", "-", "\x1f", "31/2", "29 feb", ",", "0:00", "every 99 weeks", "1h", "now", "ß", "’",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)))
def test_any_line_can_be_read(text: str) -> None:
    line = read_line(text, TYPES, NOW, Locale("en_GB"), outcomes=OUTCOMES)
    assert line.due is None or line.due.tzinfo is not None
    assert line.due is None or line.on is None
    assert "\x1f" not in line.subject + line.names + line.place + line.guess
    assert recurring.checked(line.repeats) == line.repeats
    assert not line.repeats or line.due or line.on


@pytest.mark.parametrize("text", ["next " * 20_000, "with " * 20_000, "every " * 20_000, '"' * 9_000, "1" * 9_000])
def test_a_very_long_line_is_read_soon(text: str) -> None:
    assert read_line(text, TYPES, NOW, Locale("en")).due is None
