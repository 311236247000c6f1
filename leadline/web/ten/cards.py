"""One person of the list as the page draws them: why, the last touch, how they are reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from leadline.activities.models import Opening, TenEntry
from leadline.activities.ten.not_contacted import last_contacts
from leadline.activities.ten.openings import filled
from leadline.activities.ten.rules import BY_NAME
from leadline.crm.models import Organization, Person
from leadline.web.frame.places import address_of, record_url
from leadline.web.today.day import Day


@dataclass(frozen=True)
class Card:
    """An entry with what stands on it. `person` is None where the reader does not see them (any more)."""

    entry: TenEntry
    person: Person | None
    place: Organization | None
    rule: str
    why: str
    last: dt.datetime | None
    mail: str
    mailto: str
    phone: str

    @property
    def href(self) -> str:
        return address_of("lead", self.entry.lead_id) if self.entry.lead_id else record_url(self.person)

    @property
    def state(self) -> str:
        """What became of it, as the page marks it."""
        return self.entry.answer or ("written" if self.entry.written_at else "open")


def cards_of(entries: list[TenEntry], day: Day, opening: Opening | None) -> list[Card]:
    """The entries in their order, as the one who looks at the page may see them; four queries for all."""
    wanted = [entry.person_id for entry in entries if entry.person_id]
    people = {row.pk: row for row in Person.objects.visible_to(day.viewer).filter(pk__in=wanted)}
    at = [person.organization_id for person in people.values() if person.organization_id]
    places = {row.pk: row for row in Organization.objects.visible_to(day.viewer).filter(pk__in=at)}
    last = last_contacts(list(people)) if people and opening is not None else {}
    return [_card(entry, people.get(entry.person_id), places, last, day, opening) for entry in entries]


def _card(
    entry: TenEntry,
    person: Person | None,
    places: dict[int, Organization],
    last: dict[int, dt.datetime],
    day: Day,
    opening: Opening | None,
) -> Card:
    kind, place = BY_NAME.get(entry.rule), places.get(person.organization_id or 0) if person else None
    mail, words = mail_of(person), entry.opening or opening
    written = filled(words.text if words else "", person, day.person, str(place or ""))
    return Card(
        entry=entry,
        person=person,
        place=place,
        rule=str(kind.word) if kind else entry.rule,
        why=entry.why if person else "",
        last=last.get(person.pk) if person else None,
        mail=mail,
        mailto=written.mailto(mail) if mail else "",
        phone=phone_of(person),
    )


def mail_of(person: Person | None) -> str:
    return person.first_email if person else ""


def phone_of(person: Person | None) -> str:
    phones: list[dict[str, Any]] = person.phones if person else []
    return next((str(item["value"]) for item in phones if item.get("primary")), "")
