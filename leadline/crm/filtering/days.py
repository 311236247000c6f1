"""Days in addresses: 2026-11-22, 2026-11, 2026-q4, 2026, today, last-30-days, next-month, and spans with two dots."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.crm.filtering.meaning import Unreadable, Write

Span = tuple[dt.date | None, dt.date | None]  # both inclusive; None is without end

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST = 3660  # days, weeks or months counted back or ahead
DAY = dt.timedelta(days=1)

NAMED = {
    "today": gettext_lazy("today"),
    "yesterday": gettext_lazy("yesterday"),
    "tomorrow": gettext_lazy("tomorrow"),
    "this-week": gettext_lazy("this week"),
    "last-week": gettext_lazy("last week"),
    "next-week": gettext_lazy("next week"),
    "this-month": gettext_lazy("this month"),
    "last-month": gettext_lazy("last month"),
    "next-month": gettext_lazy("next month"),
    "this-quarter": gettext_lazy("this quarter"),
    "last-quarter": gettext_lazy("last quarter"),
    "next-quarter": gettext_lazy("next quarter"),
    "this-year": gettext_lazy("this year"),
    "last-year": gettext_lazy("last year"),
    "next-year": gettext_lazy("next year"),
    "past": gettext_lazy("in the past"),
    "future": gettext_lazy("in the future"),
}
_SINGLE = {"yesterday": -1, "today": 0, "tomorrow": 1}
_PLACES = {"last": -1, "this": 0, "next": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_COUNTED = re.compile(r"(last|next)-(\d{1,4})-(day|week|month)s?")
_QUARTER = re.compile(r"(\d{4})-[qQ]([1-4])")


def span(text: str, today: dt.date) -> tuple[Span, str]:
    """(first day, last day) of what is written, and its one way of writing. Raises Unreadable."""
    if ".." in text:
        return _between(text, today)
    name = text.lower()
    if name in NAMED:
        return _named(name, today), name
    if counted := _COUNTED.fullmatch(name):
        return _count(counted, today)
    first, last = _calendar(text)
    return (first, last), text.upper().replace("Q", "q")


def told(text: str, write: Write) -> str:
    """How a canonical text reads: "last 30 days", "1 Nov 2026 to 30 Nov 2026"."""
    if ".." in text:
        start, end = text.split("..")
        if not start:
            return _("until %(day)s") % {"day": _end_told(end, write)}
        if not end:
            return _("from %(day)s") % {"day": _end_told(start, write)}
        return _("%(start)s to %(end)s") % {"start": _end_told(start, write), "end": _end_told(end, write)}
    if text in NAMED:
        return str(NAMED[text])
    if counted := _COUNTED.fullmatch(text):
        return _counted_told(counted)
    return _end_told(text, write)


def _between(text: str, today: dt.date) -> tuple[Span, str]:
    start, _dots, end = (part.strip() for part in text.partition(".."))
    if not start and not end:
        raise _wrong(text)
    (first, _after), start = span(start, today) if start else ((None, None), "")
    (_before, last), end = span(end, today) if end and ".." not in end else _open_end(end, text)
    if first and last and first > last:
        raise Unreadable(_("The time ends before it begins."))
    return (first, last), f"{start}..{end}"


def _open_end(end: str, text: str) -> tuple[Span, str]:
    if end:
        raise _wrong(text)
    return (None, None), ""


def _named(name: str, today: dt.date) -> Span:
    if name in _SINGLE:
        day = today + _SINGLE[name] * DAY
        return day, day
    if name == "past":
        return None, today - DAY
    if name == "future":
        return today + DAY, None
    place, unit = name.split("-")
    if unit == "week":
        monday = today - today.weekday() * DAY + _PLACES[place] * 7 * DAY
        return monday, monday + 6 * DAY
    months = _MONTHS[unit]
    first = months_on(today.replace(day=1, month=(today.month - 1) // months * months + 1), _PLACES[place] * months)
    return first, months_on(first, months) - DAY


def _count(counted: re.Match[str], today: dt.date) -> tuple[Span, str]:
    """The last or next so many, with today as one of the days."""
    way, number, unit = counted[1], int(counted[2]), counted[3]
    if not 1 <= number <= LONGEST:
        raise Unreadable(_("Count from 1 to %(most)d.") % {"most": LONGEST})
    sign = -1 if way == "last" else 1
    if unit == "month":
        other = months_on(today, sign * number) - sign * DAY
    else:
        other = today + sign * (number * (7 if unit == "week" else 1) - 1) * DAY
    return (min(today, other), max(today, other)), f"{way}-{number}-{unit}s"


def months_on(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the month's last. Raises Unreadable outside of the years we know."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    _year(year)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _calendar(text: str) -> tuple[dt.date, dt.date]:
    """A day, a month, a quarter or a year."""
    try:
        if quarter := _QUARTER.fullmatch(text):
            first = dt.date(_year(int(quarter[1])), int(quarter[2]) * 3 - 2, 1)
            last = first.replace(month=first.month + 2)
            return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])
        if re.fullmatch(r"\d{4}", text):
            return dt.date(_year(int(text)), 1, 1), dt.date(int(text), 12, 31)
        if re.fullmatch(r"\d{4}-\d\d", text):
            first = dt.date(_year(int(text[:4])), int(text[5:]), 1)
            return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            day = dt.date.fromisoformat(text)
            _year(day.year)
            return day, day
    except Unreadable:
        raise
    except ValueError:
        pass
    raise _wrong(text)


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(_("Name a year from %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return year


def _wrong(text: str) -> Unreadable:
    return Unreadable(_("%(text)s is not a day. Write 2026-11-22, or today, or last-30-days.") % {"text": text[:60]})


def _end_told(text: str, write: Write) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return write.day(dt.date.fromisoformat(text))
    return told(text, write) if text in NAMED or _COUNTED.fullmatch(text) else text.upper()


def _counted_told(counted: re.Match[str]) -> str:
    number = int(counted[2])
    words: dict[tuple[str, str], Callable[[], str]] = {
        ("last", "day"): lambda: ngettext("last %(n)d day", "last %(n)d days", number),
        ("last", "week"): lambda: ngettext("last %(n)d week", "last %(n)d weeks", number),
        ("last", "month"): lambda: ngettext("last %(n)d month", "last %(n)d months", number),
        ("next", "day"): lambda: ngettext("next %(n)d day", "next %(n)d days", number),
        ("next", "week"): lambda: ngettext("next %(n)d week", "next %(n)d weeks", number),
        ("next", "month"): lambda: ngettext("next %(n)d month", "next %(n)d months", number),
    }
    return words[counted[1], counted[3]]() % {"n": number}
