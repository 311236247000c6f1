"""Days in a line, in English: most by themselves, the rarer words by dateparser."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from babel import Locale

from leadline.web.activities.reading.text import MARK

WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:day)?|tuesday|wednesday|thursday|saturday"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?\.?"
_LONG = r"(?:minutes?|mins?|hours?|days?|weeks?|months?)"
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
_NO_CLOCK = rf"(?!\s?(?:am|pm|[-–])|,?\s+(?:on\s+)?(?:{WEEKDAY}|today|tomorrow|tmrw|\d{{1,2}}\s+{MONTH})\b)"
_LAST = rf"(?=\s*(?:$|[,;{MARK}])|\s+(?:\d|at\s|about\s|with\s|re\b))"  # "2.5 version" is no day
DAY = rf"""(?:(?:on|by)\s+)?(?:
    (?:(?:{WEEKDAY}),?\s+)?(?:{_NTH}\s+{MONTH}|{MONTH}\s+{_NTH})(?:,?\s+\d{{4}}(?!\d))?
    |\d{{4}}-\d{{2}}-\d{{2}}|(?!24/7\b)\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?
    |(?:(?:{WEEKDAY}),?\s+)?\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d{{2}})?
    |\d{{1,2}}\.(?:0?[1-9]|1[0-2])(?![\d.]){_NO_CLOCK}{_LAST}
    |(?:the\s+)?day\s+after\s+tomorrow|this(?=\s+(?:morning|afternoon|evening)\b)
    |today|tonight|tomorrow|tmrw|yesterday|eod|eow|eom
    |in\s+half\s+an\s+hour|in\s+{_COUNT}\s+{_LONG}|\d{{1,3}}\s+{_LONG}\s+ago
    |(?:{WEEKDAY})\s+next\s+week|next\s+week\s+(?:on\s+)?(?:{WEEKDAY})
    |(?:next|this|last)\s+(?:week|month|{WEEKDAY})|(?:{WEEKDAY}))"""
BEHIND_US = re.compile(r"\b(?:yesterday|ago)\b|^(?:on\s+)?last\s", re.IGNORECASE)  # days that say themselves: past
_NUMBERS = re.compile(r"(?P<a>\d{1,2})(?P<sign>[./])(?P<b>\d{1,2})\.?/?(?P<year>\d{4}|\d{2})?", re.ASCII)
_WRITTEN = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<month>{MONTH})"
    rf"|(?P<word>{MONTH})\s+(?P<nth>\d{{1,2}})(?:st|nd|rd|th)?\.?)(?:,?\s+(?P<year>\d{{4}}))?",
    re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = {"day after tomorrow": 2, "tomorrow": 1, "tmrw": 1, "yesterday": -1, "tonight": 0, "eod": 0, "today": 0}


def read_day(words: str, now: dt.datetime, locale: Locale, past: bool = False) -> dt.datetime | None:
    """The day that is named, with the clock of now; without a year the next one of that name, or with `past` the last.

    None for one that does not exist: 30 February, 12/13 where the day comes first.
    """
    words = re.sub(r"^(?:on|by)\s+|^(?:on\s+)?the\s+(?=day\s)", "", " ".join(words.casefold().split()))
    dated = re.sub(rf"^(?:{WEEKDAY}),?\s+(?=.*\d)", "", words)
    if is_date(words):
        return _dated(dated, now, locale, past)
    for own in (_iso, _named, _of_next_week):
        if found := own(words, now):
            return found
    return _by_dateparser(words, now, past)


def is_date(words: str) -> bool:
    """Whether it is a date by numbers, or by a month: such a one may not exist."""
    words = re.sub(rf"^(?:(?:on|by)\s+)?(?:(?:{WEEKDAY}),?\s+)?(?=.*\d)", "", words.casefold())
    return (_NUMBERS.fullmatch(words) or _WRITTEN.fullmatch(words)) is not None


def weekday_of(word: str) -> int:
    """0 for "mon", "Monday"."""
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(word[:3].casefold())


def _by_dateparser(words: str, now: dt.datetime, past: bool) -> dt.datetime | None:
    import dateparser  # noqa: PLC0415 - half a second to read: the server warms it up, tests and commands need it rarely

    settings: dict[str, Any] = {
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past" if past or words.startswith("last") else "future",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.replace(tzinfo=now.tzinfo) if found else None


def _dated(words: str, now: dt.datetime, locale: Locale, past: bool) -> dt.datetime | None:
    """Dots put the day first everywhere; with slashes the reader's country says it."""
    if match := _NUMBERS.fullmatch(words):
        day, month = int(match["a"]), int(match["b"])
        if match["sign"] == "/" and locale.territory in (None, "US"):
            day, month = month, day
    elif match := _WRITTEN.fullmatch(words):
        day, month = int(match["day"] or match["nth"]), _MONTHS.index((match["month"] or match["word"])[:3]) + 1
    else:
        return None
    if match["year"]:
        year = int(match["year"])
        found = _on(year + 2000 if year < 100 else year, month, day)
    else:
        found = _without_year(month, day, now.date(), past)
    return dt.datetime.combine(found, now.timetz()) if found else None


def _without_year(month: int, day: int, today: dt.date, past: bool) -> dt.date | None:
    """The next one of that name, or the last; 29 February in the next leap year."""
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    days = [found for year in years if (found := _on(year, month, day))]
    return next((one for one in days if (one <= today if past else one >= today)), None)


def _on(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _iso(words: str, now: dt.datetime) -> dt.datetime | None:
    try:
        return dt.datetime.combine(dt.date.fromisoformat(words), now.timetz())
    except ValueError:
        return None


def _named(words: str, now: dt.datetime) -> dt.datetime | None:
    """Words for days: the end of the day, of the working week, of the month are among them."""
    if words in _WORDS or words == "this":
        return now + dt.timedelta(days=_WORDS.get(words, 0))
    if words == "in half an hour":
        return now + dt.timedelta(minutes=30)
    if words == "eow":
        return now + dt.timedelta(days=(4 - now.weekday()) % 7)
    if words == "eom":
        return (now.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return None


def _of_next_week(words: str, now: dt.datetime) -> dt.datetime | None:
    """ "tue next week" is that of the week that begins on the next Monday."""
    match = re.fullmatch(rf"({WEEKDAY})\s+next\s+week|next\s+week\s+(?:on\s+)?({WEEKDAY})", words)
    if match is None:
        return None
    monday = now + dt.timedelta(days=7 - now.weekday())
    return monday + dt.timedelta(days=weekday_of(match[1] or match[2]))
