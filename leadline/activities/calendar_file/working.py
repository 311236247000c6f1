"""The activities of somebody's calendar: their own and those that they take part in, no more than they may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.activities.calendar_file.entries import Begins, Entry, Series, Window, revisions, uid
from leadline.activities.calendar_file.series import series
from leadline.activities.models import Activity
from leadline.activities.recurring.coming import MOST as MOST_TIMES
from leadline.activities.recurring.coming import due_in, next_slot
from leadline.activities.recurring.rule import endless, parts
from leadline.activities.zones import zone_of
from leadline.crm.models import Deal, Lead, Organization, Person

MOST = 4000  # activities of one calendar
MINUTES = 30  # of a type that says nothing
LINKED: tuple[tuple[str, Any], ...] = (
    ("deal", Deal),
    ("lead", Lead),
    ("person", Person),
    ("organization", Organization),
)
WITH = ("person", "organization", "lead")  # of whom the name of an event tells: the first that may be seen
Slots = dict[dt.datetime, dt.datetime]  # the moment (UTC) of each clock of the owner's
Names = dict[tuple[str, int], str]
Address = Callable[[str, int], str]  # where a record of a kind can be opened


def entries(user: User, window: Window, address: Address) -> list[Entry]:
    """What was planned, in the order in which it was made. What was only logged took nobody's time in advance."""
    planned = Q(due_at__gte=window.start, due_at__lt=window.end) & (Q(done_at=None) | ~Q(due_at=F("done_at")))
    mine = Activity.objects.of(user).visible_to(user).kept().filter(planned)
    found = list(mine.select_related("type", "owner").order_by("pk")[:MOST])
    changed, names = revisions("activity", [one.pk for one in found]), names_of(user, found)
    return [
        entry
        for one in found
        for entry in _entries(one, names, address(*about(one, names)), changed[one.pk], window.end)
    ]


def length(activity: Activity) -> int:
    """Minutes that it takes: its own, else those of its type, else half an hour."""
    return activity.minutes or activity.type.minutes or MINUTES


def begins(activity: Activity) -> Begins:
    """When it is due."""
    at = activity.due_on or activity.due_at
    assert at is not None
    return at


def summary(activity: Activity, names: Names) -> str:
    """What it is called and with whom, "Call · Lucia Haddad"; a tick says that it is done: calendars know no other way
    that all of them show."""
    ids = ((kind, getattr(activity, f"{kind}_id")) for kind in WITH)
    name = next((names[one] for one in ids if one in names), "")
    said = f"{activity} · {name}" if name and name.casefold() not in str(activity).casefold() else str(activity)
    return f"✓ {said}" if activity.is_done else said


def _entries(one: Activity, names: Names, href: str, changed: tuple[Any, int], end: dt.datetime) -> Iterator[Entry]:
    day_alone = one.due_on is not None
    said: dict[str, Any] = {
        "minutes": length(one),
        "summary": summary(one, names),
        "changed_at": changed[0],
        "revision": changed[1],
        "place": one.place,
        "text": _text(one, names),
        "href": href,
        "category": str(one.type),
        "busy": not (one.is_done or day_alone),
    }
    slots = _slots(one, end)
    repeated = _series(one, slots)
    yield Entry(uid("activity", one.pk), begins(one), **said, series=repeated)
    if repeated is None:  # it began on a day that its rule does not name, or there is no other
        yield from _following(one, said, dict(list(slots.items())[1:]))


def _following(one: Activity, said: dict[str, Any], slots: Slots) -> Iterator[Entry]:
    """The occurrences after the first: a series of their own, else each by itself."""
    days, repeated = one.due_on is not None, _series(one, slots)
    if repeated:
        yield Entry(
            uid("activity", one.pk, "following"),
            repeated.first if days else min(slots.values()),
            **said,
            series=repeated,
        )
    else:
        for slot, at in slots.items():
            yield Entry(uid("activity", one.pk, f"{slot:%Y%m%dT%H%M}"), slot.date() if days else at, **said)


def _slots(one: Activity, end: dt.datetime) -> Slots:
    """When the activity and those to come of it take place, by their place in the series, itself first."""
    if not one.repeats or not one.slot or one.is_done or one.due_at is None:
        return {}
    zone, slot, number = zone_of(one.owner), one.slot, one.occurrence
    found = {dt.datetime.fromisoformat(slot): one.due_at}
    while (
        (slot := next_slot(one.repeats, slot, number))
        and (at := due_in(slot, zone)[0]) < end
        and len(found) <= MOST_TIMES
    ):
        found[dt.datetime.fromisoformat(slot)] = at
        number += 1
    return found


def _series(one: Activity, slots: Slots) -> Series | None:
    return (
        series(endless(parts(one.repeats)), slots, zone_of(one.owner), days=one.due_on is not None) if slots else None
    )


def _text(one: Activity, names: Names) -> str:
    """What it is about and what was noted, a line each."""
    ids = {kind: getattr(one, f"{kind}_id") for kind, _model in LINKED}
    linked = [names[kind, pk] for kind, pk in ids.items() if (kind, pk) in names]
    people = [names["person", pk] for pk in one.participant_ids if ("person", pk) in names and pk != one.person_id]
    lines = [str(one.type), " · ".join(linked)]
    lines += [_("With %(people)s") % {"people": ", ".join(people)}] if people else []
    lines += [_("Outcome: %(outcome)s") % {"outcome": one.outcome}] if one.outcome else []
    return "\n".join(line for line in (*lines, one.note) if line)


def about(one: Activity, names: Names) -> tuple[str, int]:
    """(kind, number) of the record that it is about, of those that may be seen; else its own."""
    ids = ((kind, getattr(one, f"{kind}_id")) for kind, _model in LINKED)
    return next((place for place in ids if place in names), ("activity", one.pk))


def names_of(user: User, found: Iterable[Activity]) -> Names:
    """What the records are called that these are about, as far as this person may see them."""
    wanted: dict[str, set[int]] = {kind: set() for kind, _model in LINKED}
    for one in found:
        for kind in wanted:
            if (pk := getattr(one, f"{kind}_id")) is not None:
                wanted[kind].add(pk)
        wanted["person"].update(one.participant_ids)
    named: Names = {}
    for kind, model in LINKED:
        known = sorted(wanted[kind])
        for start in range(0, len(known), 500):
            rows = model.objects.visible_to(user).kept().filter(pk__in=known[start : start + 500])
            named |= {(kind, row.pk): str(row) for row in rows}
    return named
