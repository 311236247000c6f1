"""Periods of a company's calendar: every day lies in one of each kind, and the tables say the same as the dates."""

from __future__ import annotations

import calendar as months
import datetime as dt

import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights import periods
from leadline.insights.dimensions import Dimension
from leadline.insights.facts.dimensions import broken_down
from leadline.insights.periods import Calendar, Period

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
CALENDARS = st.builds(Calendar, st.integers(0, 6), st.integers(1, 12))
KINDS = st.sampled_from(periods.KINDS)
DAY = dt.timedelta(days=1)


def span(start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@settings(max_examples=25)
@given(kind=KINDS, day=DAYS, calendar=CALENDARS)
def test_a_day_lies_in_one_period_of_each_kind(kind: str, day: dt.date, calendar: Calendar) -> None:
    period = periods.containing(kind, day, calendar)
    assert period.start
    assert period.end
    assert period.start <= day <= period.end
    assert periods.containing(kind, period.start, calendar) == periods.containing(kind, period.end, calendar) == period
    assert {periods.label(kind, on, calendar) for on in (period.start, day, period.end)} == {
        periods.label(kind, day, calendar)
    }
    assert periods.beginning(kind, periods.label(kind, day, calendar), calendar) == period.start
    following = periods.containing(kind, period.end + DAY, calendar)
    assert following.start == period.end + DAY
    assert periods.label(kind, following.start, calendar) > periods.label(kind, day, calendar)
    assert list(periods.each(kind, day, following.start, calendar)) == [period, following]
    assert periods.previous(kind, following.start, following.end or day) == period


@settings(max_examples=25)
@given(day=DAYS, length=st.integers(1, 400), kind=st.sampled_from(("", *periods.KINDS)))
def test_what_came_before_is_as_long_and_earlier(day: dt.date, length: int, kind: str) -> None:
    trailing = periods.trailing_days(day, length)
    assert trailing.start
    assert trailing.end == day
    assert (day - trailing.start).days + 1 == length
    before = periods.previous(kind, trailing.start, day)
    assert before.start
    assert before.end
    assert before.start <= before.end < day
    if not kind and not (trailing.start.day == 1 and (day + DAY).day == 1):  # whole months lie beside whole months
        assert before == periods.trailing_days(trailing.start - DAY, length)
    year = periods.year_before(trailing.start, day)
    assert year.start
    assert year.end
    assert (year.start.year, year.end.year) == (trailing.start.year - 1, day.year - 1)


@pytest.mark.parametrize(
    ("kind", "day", "calendar", "period", "label"),
    [
        ("week", "2026-11-22", Calendar(), ("2026-11-16", "2026-11-22"), "2026-W47"),
        ("week", "2026-11-22", Calendar(week_start=6), ("2026-11-22", "2026-11-28"), "2026-W48"),
        ("week", "2021-01-01", Calendar(), ("2020-12-28", "2021-01-03"), "2020-W53"),
        ("month", "2024-02-29", Calendar(), ("2024-02-01", "2024-02-29"), "2024-02"),
        ("fiscal_year", "2026-11-22", Calendar(fiscal_start=10), ("2026-10-01", "2027-09-30"), "FY2027"),
        ("fiscal_year", "2026-11-22", Calendar(), ("2026-01-01", "2026-12-31"), "FY2026"),
        ("fiscal_quarter", "2026-01-31", Calendar(fiscal_start=2), ("2025-11-01", "2026-01-31"), "FY2026-Q4"),
    ],
)
def test_exact_periods(kind: str, day: str, calendar: Calendar, period: tuple[str, str], label: str) -> None:
    found = dt.date.fromisoformat(day)
    assert periods.containing(kind, found, calendar) == span(*period)
    assert periods.label(kind, found, calendar) == label


def test_leap_days_and_the_ends_of_months() -> None:
    assert periods.year_before(dt.date(2024, 2, 1), dt.date(2024, 2, 29)) == span("2023-02-01", "2023-02-28")
    assert periods.year_before(dt.date(2025, 2, 1), dt.date(2025, 2, 28)) == span("2024-02-01", "2024-02-29")
    assert periods.year_before(dt.date(2024, 2, 29), dt.date(2024, 2, 29)) == span("2023-02-28", "2023-02-28")
    assert periods.previous("month", dt.date(2026, 3, 1), dt.date(2026, 3, 31)) == span("2026-02-01", "2026-02-28")
    assert periods.previous("", dt.date(2026, 2, 1), dt.date(2026, 5, 31)) == span("2025-10-01", "2026-01-31")
    assert periods.previous("", dt.date(2026, 2, 1), dt.date(2026, 5, 30)) == span("2025-10-05", "2026-01-31")
    assert periods.previous("month", dt.date(2026, 3, 1), dt.date(2026, 3, 10)) == span("2026-02-01", "2026-02-10")
    assert periods.trailing_months(dt.date(2026, 3, 10), 12) == span("2025-03-11", "2026-03-10")
    assert periods.trailing_months(dt.date(2024, 2, 29), 12).start == dt.date(2023, 3, 1)
    assert periods.trailing_days(dt.date(1, 1, 3), 9).start == dt.date.min
    assert next(iter(periods.each("year", dt.date.max, dt.date.max))).end == dt.date.max


@settings(max_examples=10)
@given(calendar=CALENDARS, first=st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_tables_and_dates_say_the_same(calendar: Calendar, first: dt.date) -> None:
    days = [first + n * DAY for n in range(0, 800, 7)] + [
        dt.date(first.year, month, months.monthrange(first.year, month)[1]) for month in range(1, 13)
    ]
    facts = ibis.table({"happened_on": "date"}, name="facts")
    connection = duckdb.connect()
    connection.register("facts", pa.table({"happened_on": pa.array(days, pa.date32())}))
    for kind in periods.KINDS:
        begins = {"week": calendar.week_start}.get(kind, calendar.fiscal_start if kind.startswith("fiscal") else 0)
        sql = ibis.to_sql(broken_down(facts, 0, Dimension(kind, begins=begins)).select("happened_on", "d0"), "duckdb")
        for day, label in connection.execute(str(sql)).fetchall():
            assert label == periods.label(kind, day, calendar), (kind, day)
