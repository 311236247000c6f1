"""The spans of a goal: days, weeks, months … of the company's calendar, and what each asks for. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from leadline.crm.working_days import WorkingDays
from leadline.insights import periods
from leadline.insights.periods import Calendar

DAY = dt.timedelta(days=1)
CENT = Decimal("0.01")
# Quarters and years are fiscal ones: where the fiscal year begins in January they are those of the calendar.
KINDS = {"day": "day", "week": "week", "month": "month", "quarter": "fiscal_quarter", "year": "fiscal_year"}


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included. `part` of the working days of the whole span lie within it.

    It is below 1 where a goal begins or ends in the middle of a span, and 0 where nobody works: then nothing is asked.
    """

    start: dt.date
    end: dt.date
    part: float = 1.0

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def asked(self, amount: Decimal, *, money: bool = False) -> Decimal:
        """The goal's amount, of a part of a span that part of it: whole things rounded up, money to the cent."""
        if self.part in (0.0, 1.0):
            return amount if self.part else Decimal(0)
        share = amount * Decimal(str(self.part))
        return share.quantize(CENT, ROUND_HALF_UP) if money else share.to_integral_value(ROUND_CEILING)


@dataclass(frozen=True)
class Reckoning:
    """How a company reckons: its calendar and its working days."""

    calendar: Calendar
    days: WorkingDays

    def spans(self, every: str, first: dt.date, last: dt.date) -> list[Span]:
        """Those in which one day to another lie, cut off at both. Days are working days only."""
        return [span for span in self._all(every, first, last) if span.part > 0]

    def span_of(self, every: str, day: dt.date, first: dt.date, last: dt.date | None = None) -> Span:
        """The one in which a day lies, cut off at the first and the last day of a goal; a day off is one, too."""
        return self._cut(periods.containing(KINDS[every], day, self.calendar), first, last or dt.date.max)

    def back(self, every: str, day: dt.date, count: int) -> list[Span]:
        """The whole spans before the one in which a day lies, the oldest first."""
        kind, found = KINDS[every], list[Span]()
        edge = periods.containing(kind, day, self.calendar).start or day
        for _tried in range(count * 8):
            if len(found) == count or edge.year < 2:
                break
            period = periods.containing(kind, edge - DAY, self.calendar)
            edge = period.start or dt.date.min
            span = self._cut(period, dt.date.min, dt.date.max)
            if span.part:
                found.append(span)
        return found[::-1]

    def worked(self, start: dt.date, end: dt.date) -> int:
        """Working days from one day to another, both included; 0 where the end comes first."""
        return max(0, self.days.working_days_between(start - DAY, end)) if end >= start else 0

    def _all(self, every: str, first: dt.date, last: dt.date) -> Iterator[Span]:
        if every == "day":
            count = (last - first).days + 1
            days = (first + n * DAY for n in range(count))
            return (Span(day, day) for day in days if self.days.is_working_day(day))
        whole = periods.each(KINDS[every], first, last, self.calendar)
        return (self._cut(period, first, last) for period in whole)

    def _cut(self, period: periods.Period, first: dt.date, last: dt.date) -> Span:
        whole = period.start or first, period.end or last
        start, end = max(whole[0], first), min(whole[1], last)
        of_all = self.worked(*whole)
        if not of_all:
            return Span(start, end, 0.0)
        return Span(start, end, 1.0 if (start, end) == whole else self.worked(start, end) / of_all)
