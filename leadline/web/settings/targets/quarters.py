"""The quarters of a company's year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.crm.models import WorkingWeek
from leadline.crm.targeting import Span
from leadline.crm.working_days import months_after

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Quarter:
    """Three months of a year that begins where the company's does; `name` is "Q1 2026"."""

    name: str
    start_on: dt.date
    end_on: dt.date

    @property
    def key(self) -> str:
        return self.start_on.isoformat()

    def span(self, metric: str) -> Span:
        return Span(metric, self.start_on, self.end_on)


def quarters_of(year: int) -> list[Quarter]:
    """The four quarters of the fiscal year that begins in this year."""
    first = dt.date(year, WorkingWeek.company().fiscal_month, 1)
    starts = [months_after(first, 3 * n) for n in range(5)]
    return [
        Quarter(_("Q%(n)s %(year)s") % {"n": n + 1, "year": year}, starts[n], starts[n + 1] - DAY) for n in range(4)
    ]


def quarter_from(start: dt.date) -> Quarter | None:
    """The quarter that begins on this day; None where none does."""
    return next((quarter for quarter in quarters_of(start.year) if quarter.start_on == start), None)


def before(quarter: Quarter) -> Quarter:
    """The quarter before."""
    start, end = months_after(quarter.start_on, -3), quarter.start_on - DAY
    return Quarter("", start, end)


def year_of(day: dt.date) -> int:
    """The year in which the fiscal year of a day begins."""
    return day.year if day >= quarters_of(day.year)[0].start_on else day.year - 1
