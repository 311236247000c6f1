"""Cumulative bookings week by week: what was won so far, and the distribution of what is to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from leadline.insights.forecast.answer import Forecast, Span
from leadline.insights.outlook.days import date_of, days_of
from leadline.insights.outlook.outlook import Mark

WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
NEAR = 28  # days before its end a quarter says too little: the fan goes on to the end of the horizon
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def fan(found: Forecast, booked: Mapping[dt.date, float], today: dt.date) -> tuple[Mark, ...]:
    """Since the beginning of the running quarter; empty where nothing can be forecast."""
    everything = found.all
    at = next((at for at in found.places("quarter") if found.spans[at].start <= days_of(today)), None)
    if everything is None or at is None:
        return ()
    quarter, won = found.spans[at], float(everything.won[at])
    past = _past(booked, date_of(quarter.start), today, won)
    marks = [*past, Mark(today, won, *[won] * len(LEVELS))]
    weeks = found.places("week")
    rest = everything.draws[:, weeks].astype(np.float64) - everything.won[weeks]
    cumulative = won + np.cumsum(rest, axis=1)
    ends = quarter.end if quarter.end - days_of(today) >= NEAR else np.inf
    for place, week in enumerate(weeks):
        if found.spans[week].end < ends:
            marks.append(_mark(found.spans[week], cumulative[:, place]))
    if np.isfinite(ends):
        marks.append(_mark(quarter, everything.draws[:, at]))
    return tuple(marks)


def _past(booked: Mapping[dt.date, float], start: dt.date, today: dt.date, won: float) -> Iterator[Mark]:
    """From nothing at the beginning, week by week; never beyond what the forecast says is won so far."""
    yield Mark(start - DAY, 0.0)
    day, total = start, 0.0
    while day < today:
        total += booked.get(day, 0.0)
        if (day - start).days % 7 == 6:
            yield Mark(day, min(total, won) if won else total)
        day += DAY


def _mark(span: Span, draws: NDArray[np.float32] | NDArray[np.float64]) -> Mark:
    return Mark(date_of(span.end), None, *(float(value) for value in np.quantile(draws, LEVELS)))
