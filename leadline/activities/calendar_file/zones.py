"""A time zone as a calendar file tells it (VTIMEZONE), by yearly rules where its clocks have one.

Outlook follows no list of single changes, so a zone whose clocks change by one rule is written as that rule; a list is
written only for those that have none (Morocco, by the moon).
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

YEARS = 3  # in which a rule must hold: the last one, this one and the next
DAY, MINUTE, WEEK = dt.timedelta(days=1), dt.timedelta(minutes=1), 7
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1


@lru_cache(maxsize=256)
def told(zone: zoneinfo.ZoneInfo, first: int, last: int) -> Timezone:
    """The zone from one year to another. Nobody may change what is returned."""
    component = Timezone()
    component.add("TZID", zone.key)
    changes = _changes(zone, first - 1, last + 1)
    for kind in _by_rule(changes) or [_kind(change) for change in changes] or [_always(zone, first - 1)]:
        component.add_component(kind)
    return component


def _changes(zone: zoneinfo.ZoneInfo, first: int, last: int) -> list[dt.datetime]:
    """The moments (in the zone, just after) at which its clocks change in these years."""
    day = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    found, end = [], dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    while day < end:
        if _offset(zone, day) != _offset(zone, day + DAY):
            found.append(_exactly(zone, day))
        day += DAY
    return found


def _exactly(zone: zoneinfo.ZoneInfo, day: dt.datetime) -> dt.datetime:
    before, after = day, day + DAY
    while after - before > MINUTE:
        middle = before + (after - before) // 2
        if _offset(zone, middle) == _offset(zone, day):
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0).astimezone(zone)


def _offset(zone: zoneinfo.ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta(0)


def _by_rule(changes: list[dt.datetime]) -> list[TimezoneStandard | TimezoneDaylight]:
    """Two rules, one for each direction; none where the years do not agree on them."""
    years: dict[int, list[dt.datetime]] = {}
    for change in changes:
        years.setdefault(_clock(change).year, []).append(change)
    if not years or any(len(found) != 2 for found in years.values()) or len(years) < YEARS:
        return []
    found = []
    for number in (0, 1):
        same = [some[number] for some in years.values()]
        places = {_place(change) for change in same}
        nth = next((n for n in (1, 2, 3, 4, LAST) if all(n in place[3] for place in places)), None)
        if nth is None or len({place[:3] for place in places}) > 1:
            return []
        month, weekday = _clock(same[0]).month, WEEKDAYS[_clock(same[0]).weekday()]
        kind = _kind(same[0])
        kind.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY=f"{nth}{weekday}"))
        found.append(kind)
    return found


def _place(change: dt.datetime) -> tuple[int, tuple[int, dt.time], tuple[dt.timedelta, ...], frozenset[int]]:
    """(month, weekday and time, offsets, which of the month's such weekdays it is) on the clock as it stood before."""
    clock = _clock(change)
    nth = {(clock.day - 1) // WEEK + 1} | ({LAST} if (clock + DAY * WEEK).month != clock.month else set())
    return clock.month, (clock.weekday(), clock.time()), _turn(change), frozenset(nth)


def _turn(change: dt.datetime) -> tuple[dt.timedelta, dt.timedelta]:
    """The offsets before and after."""
    zone = change.tzinfo
    assert isinstance(zone, zoneinfo.ZoneInfo)
    moment = change.astimezone(dt.UTC)
    return _offset(zone, moment - MINUTE), _offset(zone, moment)


def _clock(change: dt.datetime) -> dt.datetime:
    """What the clock would have shown at this moment, had it not been changed."""
    return change.astimezone(dt.UTC).replace(tzinfo=None) + _turn(change)[0]


def _kind(change: dt.datetime) -> TimezoneStandard | TimezoneDaylight:
    before, after = _turn(change)
    kind = TimezoneDaylight() if after > before else TimezoneStandard()  # also in Dublin, whose summer is its standard
    kind.add("DTSTART", _clock(change))
    kind.add("TZOFFSETFROM", before)
    kind.add("TZOFFSETTO", after)
    kind.add("TZNAME", change.tzname() or "")
    return kind


def _always(zone: zoneinfo.ZoneInfo, year: int) -> TimezoneStandard:
    moment = dt.datetime(year, 1, 1, tzinfo=zone)
    kind = TimezoneStandard()
    kind.add("DTSTART", moment.replace(tzinfo=None))
    kind.add("TZOFFSETFROM", _offset(zone, moment))
    kind.add("TZOFFSETTO", _offset(zone, moment))
    kind.add("TZNAME", moment.tzname() or "")
    return kind
