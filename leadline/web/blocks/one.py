"""One person at a time: how to reach them, what was last, what is next, and words to begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.html import strip_tags

from leadline.accounts.models import User
from leadline.activities.models import Activity, Opening
from leadline.activities.ten.openings import Filled, filled
from leadline.crm.models import Note, Organization, Person
from leadline.web.blocks.through import Target
from leadline.web.frame.places import record_url

TOUCHES, OPENINGS, SHOWN = 5, 6, 240  # the last touches, the openings offered, signs of a text


@dataclass(frozen=True)
class Touch:
    """Something done or written down: what, when, what came of it, and what was said."""

    at: dt.datetime | None
    what: str
    outcome: str
    text: str


def card(target: Target, record: Any, user: User) -> dict[str, Any]:
    """What the card of a record shows. What the person may not see of it is left out."""
    person = record if target.kind == "person" else _seen(Person, record.person_id, user)
    place = _seen(Organization, record.organization_id, user)
    on = _about(target, record, person)
    activities = Activity.objects.visible_to(user).filter(on)
    return {
        "target": target,
        "record": record,
        "href": record_url(record),
        "person": person,
        "place": place,
        "phones": person.phones if person else [],
        "emails": person.emails if person else [],
        "touches": _touches(activities, target, record, user),
        "planned": activities.planned().select_related("type").first(),
        "openings": list(_openings(person, place, user)),
    }


def _seen(model: Any, pk: int | None, user: User) -> Any:
    return model.objects.visible_to(user).kept().filter(pk=pk).first() if pk else None


def _about(target: Target, record: Any, person: Person | None) -> Q:
    """What hangs on the record, or on its person."""
    on = Q(**{target.kind: record})
    return on | Q(person=person) if person is not None else on


def _touches(activities: Any, target: Target, record: Any, user: User) -> list[Touch]:
    done = activities.done().select_related("type").order_by("-done_at")[:TOUCHES]
    notes = Note.objects.visible_to(user).kept().filter(**{target.kind: record}).order_by("-pk")[:TOUCHES]
    found = [
        *(Touch(row.done_at, str(row), row.outcome, row.note[:SHOWN]) for row in done),
        *(Touch(row.created_at, "", "", strip_tags(row.text)[:SHOWN]) for row in notes),
    ]
    return sorted(found, key=lambda one: one.at or dt.datetime.min.replace(tzinfo=dt.UTC), reverse=True)[:TOUCHES]


def _openings(person: Person | None, place: Organization | None, user: User) -> Iterator[tuple[str, Filled, str]]:
    """Name, words, and the address that opens one's own mail with them."""
    rows = Opening.objects.visible_to(user).kept().order_by("name", "pk")[:OPENINGS]
    address = person.first_email if person else ""
    for row in rows:
        words = filled(row.text, person, user, str(place or ""))
        yield row.name, words, words.mailto(address) if address else ""
