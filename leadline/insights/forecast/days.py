"""Days of the company's calendar: of moments, of the spans that are forecast."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np

from leadline.insights import periods
from leadline.insights.forecast.answer import Kind, Span
from leadline.insights.ledger.ledger import Floats, Ledger, Moments

EPOCH = dt.date(1970, 1, 1)
WEEK = 7


def days(ledger: Ledger, moments: Moments) -> Floats:
    """The company's day of each moment; that of NEVER is NEVER."""
    whole = np.floor(np.where(np.isfinite(moments), moments, 0.0))
    zone = ZoneInfo(ledger.zone)
    each, place = np.unique(whole, return_inverse=True)
    offsets = np.array([_offset(zone, day) for day in each])
    found = np.floor(moments + (offsets[place] if len(each) else 0.0))
    return np.where(np.isfinite(moments), found, moments)


def today(ledger: Ledger) -> int:
    """The day of `as_of`; of midnight it is the day that begins."""
    return int(days(ledger, np.array([ledger.as_of]))[0])


def date(day: float) -> dt.date:
    """The date of a day since 1970."""
    return EPOCH + dt.timedelta(days=int(day))


def spans(ledger: Ledger, weeks: int) -> tuple[Span, ...]:
    """The weeks ahead, the months and quarters that end within them (and the running ones), the horizon."""
    first, last = today(ledger), today(ledger) + WEEK * weeks - 1
    found = [Span("week", f"+{one + 1}", first + WEEK * one, first + WEEK * one + WEEK - 1.0) for one in range(weeks)]
    fiscal = ledger.fiscal_start != 1
    kinds: tuple[tuple[Kind, str], ...] = (("month", "month"), ("quarter", "fiscal_quarter" if fiscal else "quarter"))
    calendar = periods.Calendar(fiscal_start=ledger.fiscal_start)
    for kind, reckoned in kinds:
        for period in periods.each(reckoned, date(first), date(last), calendar):
            assert period.start is not None
            assert period.end is not None
            start, end = (float((day - EPOCH).days) for day in (period.start, period.end))
            if end <= last or start <= first:
                found.append(Span(kind, periods.label(reckoned, period.start, calendar), start, end))
    return (*found, Span("horizon", f"{weeks}w", float(first), float(last)))


def weeks_needed(ledger: Ledger, weeks: int) -> int:
    """How many weeks must be simulated for the running quarter to end within them too."""
    last = max(span.end for span in spans(ledger, weeks))
    return max(weeks, int(np.ceil((last + 1 - today(ledger)) / WEEK)))


def quarter_ends(ledger: Ledger) -> Floats:
    """The last days of all fiscal quarters of the records and the year after."""
    calendar = periods.Calendar(fiscal_start=ledger.fiscal_start)
    first, last = date(min(ledger.start, ledger.as_of)), date(ledger.as_of + 366)
    ends = [one.end for one in periods.each("fiscal_quarter", first, last, calendar) if one.end]
    return np.array([(end - EPOCH).days for end in ends], np.float64)


def year_before(span: Span) -> tuple[float, float]:
    """The same days of last year; of weeks the same weekdays."""
    if span.kind in ("week", "horizon"):
        return span.start - 52 * WEEK, span.end - 52 * WEEK
    before = periods.year_before(date(span.start), date(span.end))
    assert before.start is not None
    assert before.end is not None
    return float((before.start - EPOCH).days), float((before.end - EPOCH).days)


def _offset(zone: ZoneInfo, day: float) -> float:
    """Of the zone at noon UTC of a day, in days."""
    noon = dt.datetime(1970, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=float(day))
    offset = noon.astimezone(zone).utcoffset()
    return offset.total_seconds() / 86_400 if offset else 0.0
