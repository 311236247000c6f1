"""Times in a line: a day, a clock, or both, wherever they stand."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from babel import Locale

from leadline.web.activities.reading.days import BEHIND_US, DAY, MONTH, WEEKDAY, is_date, read_day
from leadline.web.activities.reading.text import END, MARK, without

AFTERNOON = range(1, 7)  # hours that nobody means in the morning: "tue 3"
PARTS = {"morning": dt.time(9), "afternoon": dt.time(14), "evening": dt.time(18), "night": dt.time(19)}
LATE = ("afternoon", "evening", "night")

_CLOCK = r"\d{1,2}[:.]\d{2}\s?(?:am|pm)?|\d{1,2}\s?(?:am|pm)|half\s+past\s+\d{1,2}|noon|midnight(?!\s+oil\b)"
HOURS = r"(?:[7-9]|1\d|2[0-3])h(?:[0-5]\d)?"  # "tue 10h", "at 14h30"
_UNTIL = rf"(?:\s?(?:-|–|to|until)\s?(?P<%s>{_CLOCK}|\d{{1,2}}))?"
WHEN = re.compile(
    rf"""(?<!\S)(?:(?P<day>{DAY})(?:\s+(?P<part>morning|afternoon|evening|night))?
        (?:,?\s+(?:at\s+|from\s+)?(?P<then>{_CLOCK}|{HOURS}|\d{{1,2}}(?![./]\d)){_UNTIL % "end"}{END})?
    |(?P<said>at\s+|from\s+|before\s+)?(?P<clock>{_CLOCK}){_UNTIL % "stop"}(?:,?\s+(?P<after>{DAY}))?
    |at\s+(?P<hour>{HOURS}|\d{{1,2}})(?:,?\s+(?P<later>{DAY}))?){END}""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?h?\s?(am|pm)?", re.IGNORECASE | re.ASCII)
ABOUT = re.compile(r"(?<!\S)(?:about|re|regarding):?(?=\s)", re.IGNORECASE)
INSIDE = re.compile(r"(?<!\S)(?:about|re|regarding|with):?\s+$", re.IGNORECASE)
ENDED = re.compile(rf"\s*(?:$|[{MARK},;]|(?:with|about|at|re|regarding)\s)", re.IGNORECASE)
FEAST = re.compile(r"(?<!\S)(?:black|good|cyber|easter|ash|palm|shrove|giving)\s+$", re.IGNORECASE)
FIRM = re.compile(r"(?:\s+[A-Z][\w&'’-]*){0,2}\s+(?:Ltd|Inc|Corp|GmbH|AG|LLC|plc|SA|SE|Co|Group|Bank)\b")
NAMED = re.compile(r"\s+[A-Z](?:[\w&'’-]*)")
JAN = re.compile(rf"(?<=\bwith\s)(?:{MONTH}|sun|wed)\s+(?P<hour>\d{{1,2}})(?=\s*(?:$|[{MARK},;]))", re.I | re.A)


@dataclass(frozen=True)
class When:
    """A moment of the reader's clock (aware), or a day alone; `minutes` where an end was named.

    `behind`: the day says itself that it has passed, as "yesterday" does. `missed`: a date that does not exist.
    """

    due: dt.datetime | None = None
    on: dt.date | None = None
    minutes: int | None = None
    behind: bool = False
    missed: str = ""


def find_time(text: str, now: dt.datetime, locale: Locale, past: bool, name_at: int = 0) -> tuple[str, When]:
    """What is left of the text, and when, `now` being in the reader's zone; `past`: of days of one name the last.

    The first time counts, one day and one clock together. What stands amid what it is about ("about the 4 May
    invoice"), or begins a name ("with Sun Corp", "Tue Larsen" at `name_at`), is none.
    """
    times = []
    missed = ""
    for match in WHEN.finditer(text):
        if _is_words(match, text):
            continue
        if found := _when(match, now, locale, past):
            times.append((match, found))
        elif is_date(words := _day_words(match)):
            missed = missed or words
    if len(times) > 1 and _names_somebody(times[0][0], text, name_at):
        times.pop(0)
    if not times:
        bare = JAN.search(text)
        clock = read_clock(bare["hour"]) if bare else None
        if bare and clock:
            left = text[: bare.start("hour")] + MARK + text[bare.end() :]
            return left, When(dt.datetime.combine(now.date(), clock, now.tzinfo))
        return text, When(missed=missed)
    return _joined(text, times)


def _joined(text: str, times: list[tuple[re.Match[str], When]]) -> tuple[str, When]:
    """The first; a clock alone joins the day that stands elsewhere, a day alone the clock that stands behind "at"."""
    match, found = times[0]
    for other, more in times[1:]:
        if match["clock"] or match["hour"]:
            if not _day_words(match) and found.due and more.on:
                due = dt.datetime.combine(more.on, found.due.timetz())
                left = without(text, other)
                alone = match["said"] or match["hour"] or ENDED.match(text, match.end())
                return without(left, match) if alone else left, When(due, minutes=found.minutes, behind=more.behind)
        elif found.on and more.due and (other["hour"] or other["said"]) and not _day_words(other):
            due = dt.datetime.combine(found.on, more.due.timetz())
            return without(without(text, other), match), When(due, minutes=more.minutes, behind=found.behind)
    return without(text, match), found


def _day_words(match: re.Match[str]) -> str:
    return match["day"] or match["after"] or match["later"] or ""


def _is_words(match: re.Match[str], text: str) -> bool:
    """It stands amid other words: what a thing is about, a name, a feast."""
    before = text[: match.start()]
    if INSIDE.search(before) or FEAST.search(before) or FIRM.match(text, match.end()):
        return True
    return ABOUT.search(before) is not None and not ENDED.match(text, match.end())


def _names_somebody(match: re.Match[str], text: str, name_at: int) -> bool:
    """ "call Tue Larsen tomorrow", "at 10 Downing Street fri 3pm": a clearer time stands behind it."""
    if not NAMED.match(text, match.end()) or re.match(rf"\s+(?:{WEEKDAY}|{MONTH})\b", text[match.end() :], re.I):
        return False
    said = match[0]
    direct = text[: match.start()].strip() == text[:name_at].strip()
    return bool(match["hour"]) or (direct and (said[:1].isupper() or said[:1].isdigit()))


def _when(match: re.Match[str], now: dt.datetime, locale: Locale, past: bool) -> When | None:
    words, part = _day_words(match), (match["part"] or "").casefold()
    clock = match["then"] or match["clock"] or match["hour"]
    time = read_clock(clock) if clock else PARTS[part] if part else None
    if clock and time is None:
        return None
    found = read_day(words, now, locale, past) if words else now
    if found is None or (not words and time is None):
        return None
    behind = bool(words and BEHIND_US.search(words))
    if time is None and re.search(r"\b(?:min|hour)", words, re.IGNORECASE):
        return When(found.replace(second=0, microsecond=0), behind=behind)
    if words.casefold() == "tonight":
        part, time = "night", time or PARTS["night"]
    if time is None:
        return When(on=found.date(), behind=behind)
    if clock and part in LATE and time.hour < 12 and "am" not in clock.casefold():
        time = time.replace(hour=time.hour + 12)
    due = dt.datetime.combine(found.date(), time, now.tzinfo)
    return When(due, minutes=_length(time, match["end"] or match["stop"]), behind=behind)


def _length(start: dt.time, until: str | None) -> int | None:
    """Minutes up to the clock that is named as the end; None for none, or one that is not after the start."""
    end = read_clock(until) if until else None
    if end is None:
        return None
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes if minutes > 0 else None


def read_clock(text: str) -> dt.time | None:
    """14:30, 2.30 pm, 14h30, noon, half past 10; a bare 3 is in the afternoon."""
    said = text.casefold()
    plain = {"noon": dt.time(12), "midnight": dt.time(23, 59)}.get(said)
    if said.startswith("half"):
        whole = read_clock(said.split()[-1])
        return whole.replace(minute=30) if whole else None
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
