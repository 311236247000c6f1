"""One activity as an invitation (iTIP, RFC 5546): to ask whoever takes part, or to say that it does not take place."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress

from leadline.accounts.models import User
from leadline.activities.calendar_file.entries import Entry, revisions, uid
from leadline.activities.calendar_file.working import begins, length
from leadline.activities.calendar_file.writing import begun, events, one_line
from leadline.activities.models import Activity
from leadline.crm.models import Person

REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Guest:
    """Somebody who is asked to come, by an address of theirs."""

    name: str
    email: str


@dataclass(frozen=True)
class Invitation:
    """A file for those who take part; `method` as iTIP has it."""

    name: str
    method: str
    guests: tuple[Guest, ...]
    content: bytes

    @property
    def media_type(self) -> str:
        return f"text/calendar; charset=utf-8; method={self.method}"


def invitation(activity: Activity, reader: User) -> Invitation | None:
    """Of an activity that has a time; None where it has none. It says no more than whoever sends it may see.

    Thrown away it calls the same event off: later changes have a higher number, and calendars follow the highest.
    """
    if not (activity.due_at or activity.due_on):
        return None
    method = REQUEST if activity.deleted_at is None else CANCEL
    changed_at, revision = revisions("activity", [activity.pk])[activity.pk]
    entry = Entry(
        uid=uid("activity", activity.pk),
        begins=begins(activity),
        minutes=length(activity),
        summary=str(activity),
        changed_at=changed_at,
        revision=revision,
        place=activity.place,
        category=str(activity.type),
        busy=activity.due_on is None,
    )
    (event,) = events(entry)
    invited = guests(activity, reader)
    _ask(event, activity.owner or reader, invited)
    if method == CANCEL:
        event["STATUS"] = "CANCELLED"
    calendar = begun()
    calendar.add("METHOD", method)
    calendar.add_component(event)
    name = f"{slugify(str(activity))[:60] or _('invitation')}.ics"
    return Invitation(name, method, invited, calendar.to_ical())


def guests(activity: Activity, reader: User) -> tuple[Guest, ...]:
    """Contacts and colleagues who take part and have an address, each once; not the one who asks."""
    ids: set[int] = {*activity.participant_ids} | ({activity.person_id} if activity.person_id else set())
    people = Person.objects.visible_to(reader).kept().filter(pk__in=ids).order_by("pk")
    asked = [Guest(str(person), person.first_email) for person in people]
    colleagues = User.objects.filter(pk__in=activity.colleague_ids, is_active=True).exclude(pk=activity.owner_id or 0)
    asked += [Guest(str(user), user.email or "") for user in colleagues]
    return tuple({guest.email.lower(): guest for guest in asked if guest.email}.values())


def _ask(event: Event, organizer: User, invited: tuple[Guest, ...]) -> None:
    if organizer.email:
        event.add("ORGANIZER", _address(Guest(str(organizer), organizer.email)))
    for guest in invited:
        asked = _address(guest)
        asked.params.update(
            {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        )
        event.add("ATTENDEE", asked)


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.email}")
    address.params["CN"] = one_line(guest.name).replace('"', "'")
    return address
