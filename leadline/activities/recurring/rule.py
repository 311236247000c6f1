"""A recurrence rule's parts, and the clock times it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import takewhile

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.history.cleaning import LAST_DAY

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Rule = dict[str, str]


def parts(rule: str) -> Rule:
    """The parts of a rule by name, as they stand there. Raises ValidationError for what is no rule."""
    text = re.sub(r"\s", "", rule).upper().removeprefix("RRULE:").strip(";")
    found: Rule = {}
    for part in text.split(";"):
        name, _equals, value = part.partition("=")
        if name in found or not value:
            told = _("“%(part)s” cannot be read. Write a rule such as FREQ=WEEKLY;BYDAY=TU.")
            raise ValidationError({"repeats": told % {"part": part[:40]}})
        found[name] = value
    return found


def clocks(found: Rule, after: dt.datetime) -> Iterator[dt.datetime]:
    """The clock times (without a zone) after one of the rule's own, up to its last day or the last of all days.

    COUNT is not looked at.

    A rule that does not say which weekday, which day of the month, takes those of `after`.
    """
    last = f";UNTIL={found['UNTIL'][:8]}T235959" if "UNTIL" in found else ""
    rule = rrulestr(endless(found) + last, dtstart=after)
    return takewhile(lambda clock: clock.date() <= LAST_DAY, (clock for clock in rule if clock > after))


def endless(found: Rule) -> str:
    """The rule without its end."""
    return ";".join(f"{name}={value}" for name, value in found.items() if name not in ("COUNT", "UNTIL"))


def ends_on(found: Rule) -> dt.date | None:
    """The last day on which it may come. Raises ValueError for what is no day."""
    return dt.date.fromisoformat(found["UNTIL"][:8]) if "UNTIL" in found else None


def ends_before(rule: str, day: dt.date) -> bool:
    """Whether the last day of a rule is before this one."""
    last = ends_on(parts(rule))
    return last is not None and last < day


def weekdays(found: Rule) -> list[tuple[int, int]]:
    """(which of the month or year, 0 for each; weekday, 0 for Monday), as written."""
    return [(int(day[:-2] or 0), WEEKDAYS.index(day[-2:])) for day in found.get("BYDAY", "").split(",") if day]


def numbers(found: Rule, name: str) -> list[int]:
    """The numbers of a part, as written."""
    return [int(number) for number in found.get(name, "").split(",") if number]
