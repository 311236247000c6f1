"""Days and times in a line, in English: by dateparser, with the words that sellers use besides."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from babel import Locale

from leadline.web.activities.reading.text import END, MARK

AFTERNOON = range(1, 7)  # hours that nobody means in the morning: "tue 3"
PARTS = {"morning": dt.time(9), "afternoon": dt.time(14), "evening": dt.time(18), "night": dt.time(19)}

WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:day)?|tuesday|wednesday|thursday|saturday"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?\.?"
_LONG = r"(?:minutes?|mins?|hours?|days?|weeks?|months?)"
_CLOCK = r"\d{1,2}[:.]\d{2}\s?(?:am|pm)?|\d{1,2}\s?(?:am|pm)|noon|midnight"
DAY = rf"""(?:(?:on|by)\s+)?(?:
    (?:(?:{WEEKDAY}),?\s+)?(?:{_NTH}\s+{_MONTH}|{_MONTH}\s+{_NTH})(?:,?\s+\d{{4}})?
    |\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?
    |today|tonight|tomorrow|tmrw|yesterday|eod|eow|eom
    |in\s+(?:an?|one|two|three|four|\d{{1,3}})\s+{_LONG}|\d{{1,3}}\s+{_LONG}\s+ago
    |(?:{WEEKDAY})\s+next\s+week|next\s+week\s+(?:on\s+)?(?:{WEEKDAY})
    |(?:next|this|last)\s+(?:week|month|{WEEKDAY})|(?:{WEEKDAY}))"""
_UNTIL = rf"(?:\s?(?:-|–|to|until)\s?(?P<%s>{_CLOCK}|\d{{1,2}}))?"
WHEN = re.compile(
    rf"""(?<!\S)(?:(?P<day>{DAY})(?:,?\s+(?:at\s+|from\s+)?(?P<then>{_CLOCK}|\d{{1,2}}){_UNTIL % "end"}
        |\s+(?P<part>morning|afternoon|evening|night))?
    |(?:at\s+|from\s+)?(?P<clock>{_CLOCK}){_UNTIL % "stop"}(?:,?\s+(?P<after>{DAY}))?
    |at\s+(?P<hour>\d{{1,2}})(?:,?\s+(?P<later>{DAY}))?){END}""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s?(am|pm)?", re.IGNORECASE | re.ASCII)
ABOUT = re.compile(r"(?<!\S)(?:about|re|regarding)(?=\s)", re.IGNORECASE)
INSIDE = re.compile(r"(?<!\S)(?:about|re|regarding|with)\s+$", re.IGNORECASE)
ENDED = re.compile(rf"\s*(?:$|[{MARK},;]|(?:with|about|at|re|regarding)\s)", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """A moment of the reader's clock (aware), or a day alone; `minutes` where an end was named."""

    due: dt.datetime | None = None
    on: dt.date | None = None
    minutes: int | None = None


def find_time(text: str, now: dt.datetime, locale: Locale, past: bool) -> tuple[re.Match[str], When] | None:
    """The first time that stands in the text, `now` being in the reader's zone; `past`: of days of one name the last.

    What stands amid what it is about ("about the 4 May invoice"), or begins a name ("with Sun Corp"), is none.
    """
    for match in WHEN.finditer(text):
        before = text[: match.start()]
        if INSIDE.search(before) or (ABOUT.search(before) and not ENDED.match(text, match.end())):
            continue
        if found := _when(match, now, locale, past):
            return match, found
    return None


def _when(match: re.Match[str], now: dt.datetime, locale: Locale, past: bool) -> When | None:
    words = match["day"] or match["after"] or match["later"]
    clock = match["then"] or match["clock"] or match["hour"]
    time = read_clock(clock) if clock else PARTS[match["part"].casefold()] if match["part"] else None
    if clock and time is None:
        return None
    found = read_day(words, now, locale, past) if words else now
    if found is None or (not words and time is None):
        return None
    if time is None and re.search(r"\b(?:min|hour)", words or "", re.IGNORECASE):
        return When(found.replace(second=0, microsecond=0))
    if time is None and (words or "").casefold() == "tonight":
        time = PARTS["night"]
    if time is None:
        return When(on=found.date())
    due = dt.datetime.combine(found.date(), time, now.tzinfo)
    return When(due, minutes=_length(time, match["end"] or match["stop"]))


def _length(start: dt.time, until: str | None) -> int | None:
    """Minutes up to the clock that is named as the end; None for none, or one that is not after the start."""
    end = read_clock(until) if until else None
    if end is None:
        return None
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes if minutes > 0 else None


def read_clock(text: str) -> dt.time | None:
    """14:30, 2.30 pm, noon; a bare 3 is in the afternoon."""
    plain = {"noon": dt.time(12), "midnight": dt.time(23, 59)}.get(text.casefold())
    match = TIME.fullmatch(text)
    if plain or match is None:
        return plain
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if half and hour > 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not match[2] and hour in AFTERNOON:
        hour += 12
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def read_day(words: str, now: dt.datetime, locale: Locale, past: bool = False) -> dt.datetime | None:
    """The day that is named, with the clock of now; without a year the next one of that name."""
    words = re.sub(r"^(?:on|by)\s+", "", words.casefold())
    for own in (_iso, _named, _of_next_week):
        if found := own(words, now):
            return found
    import dateparser  # noqa: PLC0415 - half a second to read: only who types a day waits for it

    words = re.sub(rf"^(?:{WEEKDAY}),?\s+(?=.*\d)", "", words)
    settings: dict[str, Any] = {
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past" if past or words.startswith("last") else "future",
        "DATE_ORDER": "MDY" if locale.territory in (None, "US") else "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = dateparser.parse(words, languages=["en"], settings=settings)
    return found.replace(tzinfo=now.tzinfo) if found else None


def _iso(words: str, now: dt.datetime) -> dt.datetime | None:
    try:
        return dt.datetime.combine(dt.date.fromisoformat(words), now.timetz())
    except ValueError:
        return None


def _named(words: str, now: dt.datetime) -> dt.datetime | None:
    """Words that dateparser does not know: the end of the day, of the working week, of the month."""
    if words in ("tonight", "eod"):
        return now
    if words == "tmrw":
        return now + dt.timedelta(days=1)
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


def weekday_of(word: str) -> int:
    """0 for "mon", "Monday"."""
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(word[:3].casefold())
