"""The arithmetic of 1st & 10 (R33): so many notes a day are so many a year; what comes of them is measured."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from leadline.crm.working_days import DAY, WorkingDays, months_after

BOOK_DAYS, MONTHS = 22, 12  # working days a month as the book reckons, months a year


@dataclass(frozen=True)
class Plan:
    """So many notes a day on so many working days."""

    a_day: int
    month: int
    year: int

    @property
    def a_month(self) -> int:
        return self.a_day * self.month

    @property
    def a_year(self) -> int:
        return self.a_day * self.year


def by_the_book(a_day: int) -> Plan:
    """22 working days a month, twelve months: 10 notes a day are 220 a month and 2,640 a year."""
    return Plan(a_day, BOOK_DAYS, BOOK_DAYS * MONTHS)


def by_the_calendar(a_day: int, days: WorkingDays, today: dt.date) -> Plan:
    """The company's own working days: of this calendar month, and of the twelve months that begin today."""
    first = today.replace(day=1)
    month = days.working_days_between(first - DAY, months_after(first, 1) - DAY)
    return Plan(a_day, month, days.working_days_between(today - DAY, months_after(today, MONTHS) - DAY))


def conversations(notes: int, rate: float) -> int:
    """What so many notes come to at a rate that was measured: 2,640 at 10 % are 264."""
    return round(notes * rate)
