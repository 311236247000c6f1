"""Entries as an iCalendar file. Folding and escaping are the library's; what no calendar takes is left out."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from functools import lru_cache

from icalendar import Calendar, Event, Timezone, vDuration, vRecur

from leadline.activities.calendar_file import zones
from leadline.activities.calendar_file.entries import Begins, Entry, Series

PRODUCT = "-//Leadline//Leadline//EN"
UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]"
)  # RFC 5545, 3.1: no control characters
REFRESH = dt.timedelta(minutes=15)
_zone = lru_cache(zoneinfo.ZoneInfo)


def written(entries: Iterable[Entry], name: str, zone: str) -> bytes:
    """A calendar to subscribe to, under this name, by default read in this zone."""
    calendar = begun()
    calendar.add("X-WR-CALNAME", one_line(name))
    calendar.add("X-WR-TIMEZONE", zone)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    found = list(entries)
    for component in (*_zones(found, zone), *(event for entry in found for event in events(entry))):
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def begun() -> Calendar:
    """An empty calendar of ours."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def events(entry: Entry) -> Iterator[Event]:
    """The event, and one more for each of a series that takes place at another time."""
    repeated = entry.series
    yield _event(entry, entry.begins) if repeated is None else _master(entry, repeated)
    for slot, at in repeated.moved if repeated else ():
        one = _event(entry, at)
        one.add("RECURRENCE-ID", _in(slot, repeated.zone) if repeated else slot)
        yield one


def clean(text: str) -> str:
    """Without what a calendar may not hold; any line end is one."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")).strip()


def one_line(text: str) -> str:
    """The same for what stands in one line."""
    return " ".join(clean(text).split())


def _master(entry: Entry, repeated: Series) -> Event:
    event = _event(entry, _in(repeated.first, repeated.zone))
    event.add("RRULE", vRecur.from_ical(f"{repeated.rule};UNTIL={_until(repeated)}"))
    for slot in repeated.left_out:
        event.add("EXDATE", _in(slot, repeated.zone))
    return event


def _until(repeated: Series) -> str:
    """In UTC where there is a time, as RFC 5545 has it (3.3.10)."""
    last = _in(repeated.last, repeated.zone)
    return f"{last.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" if isinstance(last, dt.datetime) else f"{last:%Y%m%d}"


def _event(entry: Entry, begins: Begins) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("SEQUENCE", entry.revision)
    event.add("DTSTART", begins)
    event.add("DTEND", _end(begins, entry.length))
    event.add("SUMMARY", one_line(entry.summary))
    if entry.place:
        event.add("LOCATION", one_line(entry.place))
    if text := clean("\n\n".join(part for part in (entry.text, entry.href) if part)):
        event.add("DESCRIPTION", text)
    if entry.href:
        event.add("URL", entry.href)
    if entry.category:
        event.add("CATEGORIES", [one_line(entry.category)])
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE" if entry.busy else "TRANSPARENT")
    return event


def _end(begins: Begins, length: dt.timedelta) -> Begins:
    """So much later, also where clocks change in between."""
    if not isinstance(begins, dt.datetime):
        return begins + length
    return (begins.astimezone(dt.UTC) + length).astimezone(begins.tzinfo)


def _in(slot: Begins, zone: str) -> Begins:
    """On this zone's clocks."""
    return slot.replace(tzinfo=_zone(zone)) if isinstance(slot, dt.datetime) else slot


def _zones(entries: list[Entry], own: str) -> list[Timezone]:
    """Those that series are told in, and the reader's own: a calendar without any component is none."""
    timed: dict[str, list[dt.date]] = {}
    for entry in entries:
        if entry.series and isinstance(entry.series.first, dt.datetime):
            timed.setdefault(entry.series.zone, []).extend((entry.series.first, entry.series.last))
    if not timed:
        timed[own] = [entry.changed_at for entry in entries[:1]] or [dt.date(2025, 1, 1)]
    return [
        zones.told(_zone(name), min(day.year for day in days), max(day.year for day in days))
        for name, days in sorted(timed.items())
    ]
