"""An activity in one line: "call tue 10 about the proposal" is a type, a time and a subject.

Days and times are read in English, whatever the page's language; types by their own names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale

# Other words for the types that a company begins with; what has been done already is said by the last ones.
CALLED = {
    "email": "e-mail", "mail": "e-mail", "e-mail": "e-mail", "phone": "call", "ring": "call", "meet": "meeting",
    "called": "call", "phoned": "call", "rang": "call", "met": "meeting", "emailed": "e-mail", "e-mailed": "e-mail",
    "mailed": "e-mail",
}  # fmt: skip
MORNING = dt.time(9)  # when a day alone is meant; the button "Tomorrow" says the same
AFTERNOON = range(1, 7)  # hours that nobody means in the morning: "tue 3"

_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:day)?|tuesday|wednesday|thursday|saturday"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?\.?"
_LONG = r"(?:minutes?|mins?|hours?|days?|weeks?|months?)"
_CLOCK = r"\d{1,2}[:.]\d{2}\s?(?:am|pm)?|\d{1,2}\s?(?:am|pm)|noon|midnight"
DAY = rf"""(?:(?:on|by)\s+)?(?:
    (?:(?:{_WEEKDAY}),?\s+)?(?:{_NTH}\s+{_MONTH}|{_MONTH}\s+{_NTH})(?:,?\s+\d{{4}})?
    |\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?
    |today|tonight|tomorrow|yesterday|in\s+(?:an?|one|two|three|four|\d{{1,3}})\s+{_LONG}|\d{{1,3}}\s+{_LONG}\s+ago
    |(?:next|this|last)\s+(?:week|month|{_WEEKDAY})|{_WEEKDAY})"""
WHEN = re.compile(
    rf"""(?<!\S)(?:(?P<day>{DAY})(?:,?\s+(?:at\s+)?(?P<then>{_CLOCK}|\d{{1,2}}))?
    |(?:at\s+)?(?P<clock>{_CLOCK})(?:\s+(?P<after>{DAY}))?|at\s+(?P<hour>\d{{1,2}}))(?=[\s,;]|:\s|[.!?]?$)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s?(am|pm)?", re.IGNORECASE | re.ASCII)
LONGEST = 300


@dataclass(frozen=True)
class Line:
    """What a line was read as: the id of a type, a time (aware), what is left of it as the subject."""

    subject: str
    type: int | None = None
    due: dt.datetime | None = None


def read_line(text: str, types: Mapping[int, str], now: dt.datetime, locale: Locale, *, days: bool = True) -> Line:
    """`now` is in the reader's time zone; `locale` says whether 3/12 is in March. Without `days` no time is looked for.

    A time without a day is today's, a day without a time its morning. The first time that stands there counts.
    """
    text = " ".join(text.split())
    kind, word = _type(text, types)
    due, rest = None, text
    for match in WHEN.finditer(text[:LONGEST]) if days else ():
        if due := _due(match, now, locale):
            rest = _tidy(text[: match.start()] + " " + text[match.end() :])
            break
    if kind and rest.casefold() == word:
        rest = ""
    return Line(rest[:1].upper() + rest[1:], kind, due)


def _tidy(text: str) -> str:
    return re.sub(r"\s+(?=[,;:](?:\s|$))", "", " ".join(text.split())).strip(" ,;:")


def _type(text: str, types: Mapping[int, str]) -> tuple[int | None, str]:
    """The type that the line begins with, the longest name first, and the word that says so."""
    said = text.casefold()
    names = {name.casefold(): pk for pk, name in types.items()}
    words = {word: names[name] for word, name in CALLED.items() if name in names} | names
    for word in sorted(words, key=len, reverse=True):
        if said.startswith(word) and re.match(r"$|[\s,:;]", said[len(word) :]):
            return words[word], word
    return None, ""


def _due(match: re.Match[str], now: dt.datetime, locale: Locale) -> dt.datetime | None:
    words = match["day"] or match["after"]
    clock = match["then"] or match["clock"] or match["hour"]
    time = _time(clock) if clock else None
    if clock and time is None:
        return None
    if not words:
        return now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0) if time else None
    found = _day(words, now, locale)
    if found is None:
        return None
    if time is None and re.search(r"\b(?:min|hour)", words):
        return found.replace(second=0, microsecond=0)
    if time is None and found.date() == now.date():
        time = dt.time(19) if words.casefold() == "tonight" else _next_hour(now)
    return dt.datetime.combine(found.date(), time or MORNING, now.tzinfo)


def _next_hour(now: dt.datetime) -> dt.time:
    return dt.time(now.hour + 1) if now.hour < 23 else dt.time(23, 59)


def _time(text: str) -> dt.time | None:
    """14:30, 2.30 pm, noon; a bare 3 is in the afternoon."""
    plain = {"noon": dt.time(12), "midnight": dt.time(23, 59)}.get(text.casefold())
    match = TIME.fullmatch(text)
    if plain or match is None:
        return plain
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif not match[2] and hour in AFTERNOON:
        hour += 12
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _day(words: str, now: dt.datetime, locale: Locale) -> dt.datetime | None:
    """By dateparser, in the reader's time; a day without a year is the next one of that name."""
    import dateparser  # noqa: PLC0415 - half a second to read: only who types a day waits for it

    order = "MDY" if locale.territory in (None, "US") else "DMY"
    words = re.sub(r"^(?:on|by)\s+", "", words, flags=re.IGNORECASE)
    words = re.sub(r"^tonight$", "today", words, flags=re.IGNORECASE)
    words = re.sub(rf"^(?:{_WEEKDAY}),?\s+(?=.*\d)", "", words, flags=re.IGNORECASE)
    settings: dict[str, Any] = {
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "PREFER_DATES_FROM": "past" if words.casefold().startswith("last") else "future",
        "DATE_ORDER": order,
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found: dt.datetime | None = dateparser.parse(words, languages=["en"], settings=settings)
    return found.replace(tzinfo=now.tzinfo) if found else None
