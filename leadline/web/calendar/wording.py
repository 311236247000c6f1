"""How a calendar says days and times: short, as the reader writes them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from babel import dates
from django.utils.translation import gettext as _

from leadline.web.calendar.asked import Asked
from leadline.web.frame.reader import reader


def clock(moment: dt.datetime) -> str:
    """14:05, in the reader's time zone."""
    local = moment.astimezone(reader().zone)
    return clock_of(local.hour * 60 + local.minute)


def clock_of(minute: int) -> str:
    """The same of a minute of the day."""
    return _clock(minute, str(reader().locale))


@lru_cache(maxsize=4096)
def _clock(minute: int, locale: str) -> str:
    return str(dates.format_time(dt.time(minute // 60, minute % 60), "short", locale=locale))


def weekday(day: dt.date, wide: bool = False) -> str:
    """Mon, or Monday."""
    names = reader().locale.days["stand-alone"]["wide" if wide else "abbreviated"]
    return str(names[day.weekday()])


def month_day(day: dt.date) -> str:
    """1 Dec."""
    return str(dates.format_skeleton("MMMd", day, locale=reader().locale))


def long_day(day: dt.date) -> str:
    """Tuesday, 24 November."""
    return str(dates.format_skeleton("MMMMEEEEd", day, locale=reader().locale))


def title(ask: Asked) -> str:
    """What stands over it: November 2026; 23 – 29 Nov 2026; Tue, 24 Nov 2026."""
    locale = reader().locale
    if ask.is_month:
        return str(dates.format_skeleton("yMMMM", ask.day, locale=locale))
    if len(ask.days) == 1:
        return str(dates.format_skeleton("yMMMEd", ask.days[0], locale=locale))
    return str(dates.format_interval(ask.days[0], ask.days[-1], "yMMMd", locale=locale))


def when(start: dt.datetime, on: dt.date | None, minutes: int | None) -> str:
    """Tuesday, 24 November, 14:05 to 14:35; or the day alone."""
    if on:
        return long_day(on)
    local = start.astimezone(reader().zone)
    said = _("%(day)s, %(time)s") % {"day": long_day(local.date()), "time": clock(start)}
    if not minutes:
        return said
    end = start + dt.timedelta(minutes=minutes)
    return _("%(from)s to %(to)s") % {"from": said, "to": clock(end)}
