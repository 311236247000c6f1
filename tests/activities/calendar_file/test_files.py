"""A calendar file says what Leadline says, to readers that others wrote: moment by moment, across daylight saving."""

from __future__ import annotations

import datetime as dt
import io
from itertools import chain
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject
from dateutil.tz import tzical

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities import recurring
from leadline.activities.blocks import occurrences
from leadline.activities.calendar_file import reserved, working, writing, zones
from leadline.activities.calendar_file.entries import Entry, Window
from leadline.activities.models import Activity, ActivityType, Block
from leadline.activities.zones import at_clock
from tests import factories as make
from tests.cast import Cast, assemble

NOW = dt.datetime(2026, 9, 21, 6, tzinfo=dt.UTC)  # in a year with both changes of the clocks ahead, north and south
PLACES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=WEEKLY;BYDAY=TU;COUNT=9",
    "FREQ=WEEKLY;BYDAY=SU;UNTIL=20270418",
)
Moments = dict[str, set[dt.datetime]]


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def owner_in(cast: Cast, place: str) -> User:
    User.objects.filter(pk=cast.owner.pk).update(time_zone=place)
    cast.owner.refresh_from_db()
    return cast.owner


def entries(user: User, window: Window) -> list[Entry]:
    return [
        *working.entries(user, window, lambda kind, pk: "https://sales.example.com/"),
        *reserved.entries(user, window, "https://sales.example.com/today/blocks/"),
    ]


def by_one_reader(body: bytes, window: Window) -> Moments:
    """As recurring-ical-events reads it."""
    found: Moments = {}
    for event in recurring_ical_events.of(icalendar.Calendar.from_ical(body)).between(window.start, window.end):
        begins = event["DTSTART"].dt
        if isinstance(begins, dt.datetime):
            found.setdefault(str(event["UID"]), set()).add(begins.astimezone(dt.UTC))
    return found


def by_another(body: bytes) -> Moments:
    """As vobject and dateutil read it, by the time zones that the file itself tells."""
    calendar = vobject.readOne(body.decode())
    told = tzical(io.StringIO("\n".join(one.serialize() for one in calendar.vtimezone_list).replace("\r", "")))
    found: Moments = {}
    for event in calendar.vevent_list:
        begins = event.dtstart.value
        if not isinstance(begins, dt.datetime):
            continue
        rules = event.getrruleset()
        name = getattr(event.dtstart, "tzid_param", "") or event.dtstart.params.get("X-VOBJ-ORIGINAL-TZID", [""])[0]
        moments = found.setdefault(event.uid.value, set())
        for at in rules or [begins]:
            zone = told.get(name) if name else None
            moments.add(at.replace(tzinfo=zone or dt.UTC).astimezone(dt.UTC) if rules else at.astimezone(dt.UTC))
        moved = [event.contents["recurrence-id"][0].value] if "recurrence-id" in event.contents else []
        found.setdefault(f"{event.uid.value} moved from", set()).update(at.astimezone(dt.UTC) for at in moved)
    return {uid: moments - found.get(f"{uid} moved from", set()) for uid, moments in found.items() if " " not in uid}


def by_record(read: Moments) -> Moments:
    """What follows a first one that is off its rule is a series of its own."""
    found: Moments = {}
    for uid, moments in read.items():
        found.setdefault(uid.split("@")[0].removesuffix("-following"), set()).update(moments)
    return found


def said(activity: Activity, window: Window) -> set[dt.datetime]:
    return {activity.due_at, *recurring.between(activity, window.start, window.end)}


@pytest.mark.parametrize("place", PLACES)
def test_each_occurrence_is_read_at_its_moment(cast: Cast, place: str) -> None:
    owner, zone = owner_in(cast, place), ZoneInfo(place)
    window = Window.around(NOW, zone)
    first = at_clock(dt.datetime(2026, 9, 22, 9), zone)
    activities = [make.activity(owner, due_at=first, repeats=rule) for rule in RULES]
    late = at_clock(dt.datetime(2026, 10, 4, 2, 30), zone)  # that half hour is skipped, or comes twice, somewhere
    activities.append(make.activity(owner, due_at=late, repeats="FREQ=WEEKLY;BYDAY=SU"))
    moved = make.activity(owner, due_at=first, repeats="FREQ=WEEKLY;BYDAY=TU")
    activities.append(moved.edit(by=owner, due_at=first + dt.timedelta(hours=30)))
    block = Block(
        name="Calls", weekdays=[0, 3], starts_at=dt.time(9), minutes=120, start_on=dt.date(2026, 9, 7), zone=place,
        moved={"2026-10-01": None, "2026-10-05": "2026-10-06T15:00:00+02:00"},
    ).add(by=owner)  # fmt: skip
    body = writing.written(entries(owner, window), "Olga", place)
    expected = {f"activity-{one.pk}": said(one, window) for one in activities}
    expected[f"block-{block.pk}"] = {one.starts_at for one in occurrences([owner], window.start, window.end)}
    assert len(expected[f"block-{block.pk}"]) > 100
    for read in (by_one_reader(body, window), by_another(body)):
        found = by_record(read)
        assert {key: found.get(key, set()) ^ expected.get(key, set()) for key in found | expected} == {
            key: set() for key in expected
        }
    events = body.partition(b"BEGIN:VEVENT")[2]
    assert events.count(b"\nRRULE:FREQ=") == len(expected), "a rule each: a reader shows a series as one"


@pytest.mark.parametrize("place", [*PLACES, "Europe/Dublin", "Africa/Casablanca", "America/Santiago", "UTC"])
def test_a_zone_is_told_as_it_is(place: str) -> None:
    """By its own words alone, a reader that knows no zone has the right offset; but in the hours that come twice."""
    zone = ZoneInfo(place)
    text = zones.told(zone, 2026, 2027).to_ical().decode()
    told = tzical(io.StringIO(text.replace("\r\n", "\n"))).get(place)
    hour, moment = dt.timedelta(hours=1), dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.UTC)
    near: set[dt.datetime] = set()
    wrong = set()
    while moment.year < 2028:
        if moment.astimezone(zone).utcoffset() != (moment + hour).astimezone(zone).utcoffset():
            near |= {moment - hour, moment, moment + hour}
        if moment.astimezone(zone).utcoffset() != moment.astimezone(told).utcoffset():
            wrong.add(moment)
        moment += hour
    assert wrong <= near
    assert ("RRULE" in text) == (place not in ("Asia/Kolkata", "Africa/Casablanca", "UTC"))


def test_what_an_event_says(cast: Cast) -> None:
    owner = owner_in(cast, "Europe/Berlin")
    hostile = 'Dock; "north", 100%\r\nEND:VEVENT\nATTENDEE:mailto:x@example.com\x0b\u2028' + "ü" * 90
    deal = make.deal(owner, title="A, B; C\\D")
    call = ActivityType(name="Visit", minutes=50).add(by=SYSTEM)
    due = dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)
    joined = make.activity(cast.outsider, subject="Theirs", colleague_ids=[owner.pk], due_at=due)
    meeting = make.activity(
        owner, type=call, subject=hostile, note=hostile, place="Pier 3, Kiel", deal=deal, due_at=due
    )
    lucia = make.person(name="Lucia Haddad")
    day = make.activity(owner, subject="Send", due_on=dt.date(2026, 10, 2), person=lucia)
    done = make.activity(owner, subject="Was", due_at=due, minutes=15).complete(by=owner, outcome="Reached")
    make.activity(owner, subject="Logged", done_at=due)
    make.activity(owner, subject="Brought from a file", due_at=due, done_at=due)
    old = make.activity(owner, due_at=NOW - dt.timedelta(days=200))
    window = Window.around(NOW, ZoneInfo("Europe/Berlin"))
    body = writing.written(entries(owner, window), "Olga", "Europe/Berlin")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert not [line for line in body.split(b"\r\n") if b"\n" in line or b"\x0b" in line]
    read = icalendar.Calendar.from_ical(body)
    events = {int(str(one["UID"]).split("-")[1].split("@")[0]): one for one in read.walk("VEVENT")}
    assert set(events) == {joined.pk, meeting.pk, day.pk, done.pk}
    assert old.pk not in events
    one = events[meeting.pk]
    assert str(one["SUMMARY"]).startswith('Dock; "north", 100% END:VEVENT ATTENDEE:mailto:x@example.com')
    assert str(one["SUMMARY"]).endswith("ü" * 90)
    assert "A, B; C\\D" in one["DESCRIPTION"]
    assert "https://sales.example.com/" in one["DESCRIPTION"]
    assert (str(one["LOCATION"]), one["DTEND"].dt - one["DTSTART"].dt) == ("Pier 3, Kiel", dt.timedelta(minutes=50))
    assert (one["TRANSP"], events[day.pk]["TRANSP"], events[done.pk]["TRANSP"]) == ("OPAQUE", *["TRANSPARENT"] * 2)
    assert (events[day.pk]["DTSTART"].dt, events[day.pk]["DTSTART"].params["VALUE"]) == (dt.date(2026, 10, 2), "DATE")
    assert (str(events[done.pk]["SUMMARY"]), events[done.pk]["SEQUENCE"]) == ("✓ Was", 1)
    assert str(events[day.pk]["SUMMARY"]) == "Send · Lucia Haddad"
    assert "ATTENDEE" not in one
    assert len(vobject.readOne(body.decode()).vevent_list) == 4


def test_what_one_may_not_see_is_not_in_it(cast: Cast) -> None:
    """An activity of one's own on a deal that others keep to themselves is there, without a word of the deal."""
    from tests.web.hidden import set_everywhere

    deal, owner = make.deal(cast.outsider, title="Secret harbour"), owner_in(cast, "UTC")
    due = dt.datetime(2026, 10, 1, 8, tzinfo=dt.UTC)
    make.activity(owner=owner, deal=deal, subject="My part", due_at=due)
    make.activity(cast.outsider, deal=deal, subject="Their part", due_at=due)
    make.activity(cast.teammate, subject="A colleague's", due_at=due)
    set_everywhere("owner", "owner")
    window = Window.around(NOW, ZoneInfo("UTC"))
    body = writing.written(entries(owner, window), "Olga", "UTC").decode()
    assert "My part" in body
    assert not [word for word in ("Secret", "Their part", "A colleague") if word in body]


def test_it_is_the_same_until_something_changes(cast: Cast) -> None:
    owner = owner_in(cast, "Europe/Berlin")
    activity = make.activity(owner, due_at=NOW + dt.timedelta(days=3))
    zone = ZoneInfo("Europe/Berlin")
    days = [Window.around(NOW + dt.timedelta(days=n), zone) for n in range(7)]
    assert len({tuple(entries(owner, window)) for window in days}) == 1
    (before,) = entries(owner, days[0])
    activity.edit(by=owner, place="Kiel")
    (after,) = entries(owner, days[0])
    assert (before.uid, before.revision + 1) == (after.uid, after.revision)
    assert after.changed_at > before.changed_at
    kept = list(chain.from_iterable(writing.events(one) for one in (before, after)))
    assert [event["DTSTAMP"].dt for event in kept] == [before.changed_at, after.changed_at]
