"""1st & 10 of the past weeks: who was written to, and what came back, so that its rates can be measured (R33)."""

from __future__ import annotations

import datetime as dt
import random

from django.db.models import Q

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType, Answer, Opening, TenEntry
from leadline.crm.models import Person
from leadline.crm.working_time import company_days

DAYS, A_DAY = 30, 10
MOST = DAYS * A_DAY
WRITES, REPLIES, TALKS = 0.85, 0.24, 0.11
DAY = dt.timedelta(days=1)


def write_tens(by: Actor, user: User, now: dt.datetime, chance: random.Random) -> None:
    """Six weeks of lists, most entries written, some answered within two days."""
    people = _people(user)
    chance.shuffle(people)
    email = ActivityType.objects.kept().filter(name="E-mail").first()
    openings = list(Opening.objects.kept().filter(Q(owner=user) | Q(shared=True)).order_by("pk"))
    day, days = now.date() - DAYS * 7 // 5 * DAY, company_days()
    while people and day < now.date():
        if days.is_working_day(day):
            for position in range(min(A_DAY, len(people))):
                _write(by, user, people.pop(), position, day, email, openings, now, chance)
        day += DAY


def _people(user: User) -> list[Person]:
    """Those whom they could write to: their own, or on deals of theirs; who has few, whoever is nobody's any more."""
    mine = Q(owner=user) | Q(deals__owner=user)
    people = Person.objects.kept().exclude(emails=[]).distinct().order_by("pk")
    found = list(people.filter(mine, leads=None)[:MOST])
    listed = TenEntry.objects.values("person")
    return found if len(found) >= MOST else [*found, *people.exclude(mine).exclude(pk__in=listed)[: MOST - len(found)]]


def _write(
    by: Actor,
    user: User,
    person: Person,
    position: int,
    day: dt.date,
    email: ActivityType | None,
    openings: list[Opening],
    now: dt.datetime,
    chance: random.Random,
) -> None:
    at = dt.datetime.combine(day, dt.time(8, 2 * position), dt.UTC)
    entry = TenEntry(owner=user, on_date=day, position=position, person=person, rule="not_contacted")
    if chance.random() > WRITES:
        entry.skipped_at = at
    else:
        entry.written_at = at
        entry.opening = chance.choice(openings) if openings else None
        if email is not None:
            note = Activity(
                type=email, owner=user, person=person, subject=f"Note to {person}", done_at=at, created_at=at
            )
            note.organization_id = person.organization_id
            entry.activity = note.add(by=by, at=at)
        luck, back = chance.random(), at + dt.timedelta(hours=chance.randint(1, 50))
        if luck < REPLIES and back < now:
            entry.answer = Answer.CONVERSATION if luck < TALKS else Answer.REPLY
            entry.answered_at = back
    entry.add(by=by, at=at)
