"""A rule whose activity moves for good: what named the old day names the new one."""

from __future__ import annotations

import datetime as dt

from leadline.activities.recurring.rule import WEEKDAYS, Rule, endless, numbers, parts, weekdays


def moved(rule: str, old: dt.date, new: dt.date) -> str:
    """The rule for an activity that takes place on `new` instead of on `old` from now on.

    The weekday, the day of the month or the month of the old day is replaced; what does not name it stays.
    """
    found = parts(rule)
    if "BYDAY" in found and "BYSETPOS" not in found:
        days = [_day(which, day, old, new) for which, day in weekdays(found)]
        found["BYDAY"] = ",".join(dict.fromkeys(days))
    for name, before, after in (("BYMONTHDAY", old.day, new.day), ("BYMONTH", old.month, new.month)):
        if name in found:
            replaced = [after if number == before else number for number in numbers(found, name)]
            found[name] = ",".join(str(number) for number in dict.fromkeys(replaced))
    return endless(found) + _end(found)


def _day(which: int, day: int, old: dt.date, new: dt.date) -> str:
    if day != old.weekday():
        return f"{which or ''}{WEEKDAYS[day]}"
    return f"{(which if which < 0 else (new.day - 1) // 7 + 1) if which else ''}{WEEKDAYS[new.weekday()]}"


def _end(found: Rule) -> str:
    return "".join(f";{name}={found[name]}" for name in ("COUNT", "UNTIL") if name in found)
