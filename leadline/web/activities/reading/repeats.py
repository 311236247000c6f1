"""How often, in a line: "every tue and thu", "daily", "every 2 weeks", "every last friday", "monthly until 1 may"."""

from __future__ import annotations

import datetime as dt
import re

from babel import Locale
from dateutil.rrule import rrulestr

from leadline.activities.recurring.rule import WEEKDAYS
from leadline.web.activities.reading.days import DAY, WEEKDAY, read_day, weekday_of
from leadline.web.activities.reading.text import END, MARK, without

_DAYS = rf"(?:{WEEKDAY})(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s*\+\s*)(?:{WEEKDAY}))*"
_UNITS = {
    "day": "DAILY", "week": "WEEKLY", "fortnight": "WEEKLY", "month": "MONTHLY", "quarter": "MONTHLY", "year": "YEARLY",
}  # fmt: skip
_STEPS = {"other": 2, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4, "six": 6}
_WHICH = {
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4", "4th": "4",
    "last": "-1",
}  # fmt: skip
_ADVERBS = {
    "daily": "FREQ=DAILY", "weekly": "FREQ=WEEKLY", "fortnightly": "FREQ=WEEKLY;INTERVAL=2", "monthly": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3", "yearly": "FREQ=YEARLY", "annually": "FREQ=YEARLY",
}  # fmt: skip
EVERY = re.compile(
    rf"""(?<!\S)(?:(?:every|each)\s+(?:
        (?P<workday>weekdays?|workdays?|working\s+days?)|(?P<weekend>weekends?)
        |month\s+on\s+the\s+(?P<dated>\d{{1,2}})(?:st|nd|rd|th)?
        |(?P<which>{"|".join(_WHICH)})\s+(?P<day>{WEEKDAY})(?:\s+of\s+(?:the|each|every)\s+month)?
        |(?:(?P<steps>\d{{1,2}}|{"|".join(_STEPS)})\s+)?
            (?:(?P<unit>{"|".join(_UNITS)})s?(?:\s+on\s+(?={WEEKDAY}))?|(?P<days>{_DAYS})s?)
        |(?P<nth>\d{{1,2}})(?:st|nd|rd|th)(?:\s+of\s+(?:the|each|every)\s+month)?)
    |(?P<adverb>{"|".join(_ADVERBS)})(?=\s*(?:$|[,;{MARK}])|\s+(?:on|at|until|till|from|with|about|for|\d|{WEEKDAY})))
    {END}""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
UNTIL = re.compile(rf"(?<!\S)(?:until|till)\s+(?P<day>{DAY}){END}", re.VERBOSE | re.IGNORECASE | re.ASCII)
FROM = re.compile(
    rf"(?<!\S)(?:from|starting|beginning|as\s+of)\s+(?P<day>{DAY}){END}", re.VERBOSE | re.IGNORECASE | re.ASCII
)
TIMES = re.compile(rf"(?<!\S)(?:(?P<n>\d{{1,3}})\s+times|x(?P<x>\d{{1,3}})){END}", re.IGNORECASE | re.ASCII)


def repeats(text: str, now: dt.datetime, locale: Locale) -> tuple[str, str]:
    """(what is left, the rule). A rule that names days leaves the next of them in the text, for the time to be read."""
    match = EVERY.search(text)
    if match is None:
        return text, ""
    rule = _rule(match)
    if not rule:
        return text, ""
    begins = FROM.search(text, match.end())
    first = _beginning(begins["day"], now, locale) if begins else None
    day = first_on(rule, first or now.date()).isoformat() if first or "BY" in rule else ""
    if begins and first:
        timed = re.match(r"\s+(?:at\s+)?\d", text[begins.end() :])  # the clock stands beside the one or the other
        text, day = without(text, begins, day if timed else ""), "" if timed else day
    text = without(text, match, day)
    if found := UNTIL.search(text):
        last = read_day(found["day"], now, locale)
        if last is not None and last.date() >= now.date():
            return without(text, found), f"{rule};UNTIL={last:%Y%m%d}"
    if found := TIMES.search(text):
        count = int(found["n"] or found["x"])
        if 1 <= count <= 999:
            return without(text, found), f"{rule};COUNT={count}"
    return text, rule


def _beginning(words: str, now: dt.datetime, locale: Locale) -> dt.date | None:
    """The day that a series begins with; next week, and next month, with their first."""
    if words.casefold().split() == ["next", "week"]:
        return now.date() + dt.timedelta(days=7 - now.weekday())
    if words.casefold().split() == ["next", "month"]:
        return (now.date().replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    found = read_day(words, now, locale)
    return found.date() if found and found.date() >= now.date() else None


def first_on(rule: str, day: dt.date) -> dt.date:
    """The first day of a rule on or after this one."""
    start = dt.datetime.combine(day, dt.time())
    found = next(iter(rrulestr(re.sub(r";INTERVAL=\d+", "", rule), dtstart=start)), start)
    return found.date()


def _rule(match: re.Match[str]) -> str:
    if match["adverb"]:
        return _ADVERBS[match["adverb"].casefold()]
    if match["workday"]:
        return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    if match["weekend"]:
        return "FREQ=WEEKLY;BYDAY=SA,SU"
    if match["which"]:
        return f"FREQ=MONTHLY;BYDAY={_WHICH[match['which'].casefold()]}{WEEKDAYS[weekday_of(match['day'])]}"
    if match["days"]:
        words = re.findall(r"[a-z]{3,}", match["days"].casefold())
        days = sorted({weekday_of(word) for word in words if word != "and"})
        often = _stepped("week", (match["steps"] or "1").casefold())
        return often and f"{often};BYDAY={','.join(WEEKDAYS[day] for day in days)}"
    if nth := match["nth"] or match["dated"]:
        return f"FREQ=MONTHLY;BYMONTHDAY={int(nth)}" if 1 <= int(nth) <= 31 else ""
    return _stepped(match["unit"].casefold(), (match["steps"] or "1").casefold())


def _stepped(unit: str, word: str) -> str:
    steps = _STEPS.get(word) or int(word)
    steps *= {"fortnight": 2, "quarter": 3}.get(unit, 1)
    if not 1 <= steps <= 99:
        return ""
    return f"FREQ={_UNITS[unit]}" + (f";INTERVAL={steps}" if steps > 1 else "")
