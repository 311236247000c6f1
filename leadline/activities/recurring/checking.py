"""Rules as they may be kept, in one way of writing."""

from __future__ import annotations

import datetime as dt
import re
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.activities.recurring.rule import WEEKDAYS, Rule, clocks, ends_on, parts

OFTEN = ("HOURLY", "MINUTELY", "SECONDLY")
TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
ALL = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
LONG = ("MONTHLY", "YEARLY")
# In this order they are written; beside each, with which frequencies it goes: those of RFC 5545 (3.3.10) but for what
# would have a day or a week looked for that never comes.
PARTS = {
    "FREQ": ALL, "INTERVAL": ALL, "BYMONTH": LONG, "BYWEEKNO": LONG[1:], "BYYEARDAY": LONG[1:], "BYMONTHDAY": LONG,
    "BYDAY": ALL, "BYSETPOS": LONG, "WKST": ("WEEKLY", "YEARLY"), "COUNT": ALL, "UNTIL": ALL,
}  # fmt: skip
LARGEST = {"BYMONTH": 12, "BYWEEKNO": 53, "BYYEARDAY": 366, "BYMONTHDAY": 31, "BYSETPOS": 366}
MOST_STEPS, MOST_TIMES, LONGEST = 99, 999, 255
SOME_DAY = dt.datetime.combine(dt.date(2024, 2, 29), dt.time())


def checked(rule: str) -> str:
    """The rule in its one way of writing; "" for none. Raises ValidationError with the mend."""
    if not rule.strip():
        return ""
    found = parts(rule)
    _check_often(found)
    for name in found:
        if found["FREQ"] not in PARTS.get(name, ()):
            _refuse(_("“%(part)s” does not go with this rule. Leave it out."), name)
    _check_end(found)
    _check_days(found)
    if found.get("INTERVAL") == "1":
        del found["INTERVAL"]
    text = ";".join(f"{name}={found[name]}" for name in PARTS if name in found)
    if len(text) > LONGEST:
        _refuse(_("This rule is too long."), text)
    if next(clocks({name: value for name, value in found.items() if name != "UNTIL"}, SOME_DAY), None) is None:
        _refuse(_("There is no such day. Choose another."), text)
    return text


def _check_often(found: Rule) -> None:
    often = found.get("FREQ", "")
    if often in OFTEN:
        _refuse(_("An activity comes once a day at most. Choose every day, week, month or year."), often)
    if often not in ALL:
        _refuse(_("Choose every day, week, month or year."), often)
    for name in TIMES:
        if name in found:
            _refuse(_("The time of day is that of the activity. Leave “%(part)s” out."), name)
    if not 1 <= _number(found.get("INTERVAL", "1"), "INTERVAL") <= MOST_STEPS:
        _refuse(_("Choose every 1 to %(steps)s."), "INTERVAL")


def _check_end(found: Rule) -> None:
    if "COUNT" in found and "UNTIL" in found:
        _refuse(_("Choose either a number of times or a last day."), "COUNT")
    if "COUNT" in found and not 1 <= _number(found["COUNT"], "COUNT") <= MOST_TIMES:
        _refuse(_("Choose 1 to %(times)s times."), "COUNT")
    if "UNTIL" in found:
        try:
            last = ends_on(found)
        except ValueError:
            last = None
        if last is None or not re.fullmatch(r"\d{8}(T\d{6}Z?)?", found["UNTIL"], re.ASCII):
            _refuse(_("“%(part)s” is not a day. Write the last one as in UNTIL=20261231."), found["UNTIL"])
        found["UNTIL"] = found["UNTIL"][:8]


def _check_days(found: Rule) -> None:
    for name, largest in LARGEST.items():
        for number in found[name].split(",") if name in found else ():
            if not 1 <= abs(_number(number, name)) <= largest or (name == "BYMONTH" and int(number) < 0):
                _refuse(_("“%(part)s” takes other numbers."), name)
    if found["FREQ"] == "DAILY" and "BYDAY" in found and found.get("INTERVAL", "1") != "1":
        _refuse(_("“%(part)s” does not go with this rule. Leave it out."), "BYDAY")
    which = r"([+-]?[1-5])?" if found["FREQ"] in LONG else ""
    for day in found["BYDAY"].split(",") if "BYDAY" in found else ():
        if not re.fullmatch(f"{which}({'|'.join(WEEKDAYS)})", day):
            _refuse(_("“%(part)s” is not a weekday here. Write MO, TU, WE, TH, FR, SA or SU."), day)
    if found.get("WKST", "MO") not in WEEKDAYS:
        _refuse(_("“%(part)s” is not a weekday here. Write MO, TU, WE, TH, FR, SA or SU."), found["WKST"])
    if "BYSETPOS" in found and not found.keys() & {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYWEEKNO", "BYYEARDAY"}:
        _refuse(_("“%(part)s” does not go with this rule. Leave it out."), "BYSETPOS")


def _number(text: str, part: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,3}", text, re.ASCII):
        _refuse(_("“%(part)s” takes other numbers."), part)
    return int(text)


def _refuse(told: str, part: str) -> NoReturn:
    raise ValidationError({"repeats": told % {"part": part[:40], "steps": MOST_STEPS, "times": MOST_TIMES}})
