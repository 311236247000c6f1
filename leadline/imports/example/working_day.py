"""What makes an example's day a working day: goals, time blocks and their sittings, ideas, 1st & 10, what repeats."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, Team, User
from leadline.activities.models import Activity, ActivityType, Block, Goal, Priority, Sitting, Span
from leadline.activities.ten import openings
from leadline.crm.models import Deal, Lead, LeadStage, Organization, Person, Source
from leadline.crm.working_time import company_days
from leadline.imports.example.signing_in import SIGN_INS
from leadline.imports.example.tens import write_tens

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
SITTERS, WEEKS, KEPT = 6, 10, 0.72  # people with blocks, how long they have had them, how many they kept
HANDED, OWN_IDEAS, CALLED = 12, 14, 4  # deals, ideas, weeks
SAID = ("No answer", "No answer", "Call back", "Talked", "Meeting booked", "Talked")
FIRMS = (
    "Harbour Lofts", "Northgate Brewery", "Millstream Care Homes", "Saltmarsh Hotels", "Old Kiln Bakery",
    "Fenland Clinics", "Quayside Housing", "Larkfield Schools", "Stonebridge Dairies", "Westmoor Laundries",
    "Beacon Leisure", "Copper Row Offices",
    "Alder Court Estates", "Tidewater Foods", "Highfield Spa", "Gantry Works",
)  # fmt: skip
# Who asked of their own accord: firm, source, working days ago, at what hour and minute.
ASKED = (
    ("Sandbar Hotel", "Inbound web", 2, 14, 10), ("Weir Mill Offices", "Referral", 1, 16, 40),
    ("Juniper House", "Inbound content", 1, 15, 5), ("Ferry Street Lofts", "Inbound web", 1, 16, 20),
    ("Larch Grove School", "Partner", 2, 13, 30), ("Cove Dental Practice", "Referral", 3, 10, 0),
)  # fmt: skip
# Type, subject, days ahead, hour, minutes, rule; type, subject, minutes (0: a day without an hour).
REPEATED = (
    ("Pipeline review", "Pipeline review of the team", 0, 11, 45, "FREQ=WEEKLY"),
    ("Task", "Week's figures to the team", 1, 16, 20, "FREQ=WEEKLY;INTERVAL=2"),
)
PLANNED = (
    ("Call", "Call about the offer", 30),
    ("Meeting", "Meet about the site", 60),
    ("Task", "Send the references", 0),
    ("Demo", "Show the meter", 45),
)
AHEAD = (-3, -1, 0, 0, 0, 1, 2, 5)
PRIORITIES = (Priority.NONE, Priority.NONE, Priority.HIGH, Priority.MEDIUM)

FIRST_NAMES = ("Nora", "Jonas", "Priya", "Mateo", "Ailsa", "Henrik", "Leila", "Owen")
LAST_NAMES = ("Ferris", "Okafor", "Lindqvist", "Marsh", "Duarte", "Pryce", "Novak", "Tanaka")


def fill(by: Actor, now: dt.datetime, seed: int) -> None:
    """All of it, the same for the same seed; `now` is the midnight with which the example's last day begins."""
    chance = random.Random(seed + 6)
    sellers = list(User.objects.filter(role=Role.SELLER, carries_quota=True, left_on=None).order_by("pk"))
    first = User.objects.get(email=SIGN_INS[0].email)
    seller = User.objects.get(email=SIGN_INS[2].email)
    busy = [seller, *(one for one in sellers if one.pk != seller.pk)][:SITTERS]
    _hand_over(by, first, now, chance)
    _set_goals(by, busy, first, now)
    for user in (*busy, first):
        _keep_blocks(by, user, now, chance, calls=user in (seller, first))
    for user, count in ((seller, OWN_IDEAS), (first, 24)):
        _have_ideas(by, user, count, now, chance)
    for place, asked in enumerate(ASKED):
        _asks(by, (first, seller)[place % 2], now, asked)
    for user in (seller, first):
        _plan(by, user, now, chance)
    openings.begin(first)
    for user in (seller, first):
        write_tens(by, user, now, chance)


def _hand_over(by: Actor, to: User, now: dt.datetime, chance: random.Random) -> None:
    """Deals that became somebody's yesterday, from colleagues who are away."""
    deals = list(Deal.objects.open().exclude(owner=None).order_by("-last_touch_at", "pk")[:60])
    for deal in chance.sample(deals, min(HANDED, len(deals))):
        deal.edit(by=by, owner=to, at=now - 9 * dt.timedelta(hours=1))


def _set_goals(by: Actor, people: list[User], first: User, now: dt.datetime) -> None:
    """Calls, meetings and bookings of people; wins of a team; deals added of the company."""
    start = (now - 26 * WEEK).date().replace(day=1)
    types = {name: pk for pk, name in ActivityType.objects.kept().values_list("pk", "name")}
    for place, user in enumerate((*people, first)):
        for type_, every, amount in (("Call", Span.DAY, 4 + place % 3), ("Meeting", Span.WEEK, 2 + place % 2)):
            _goal(by, start, "activities_done", every, amount, owner=user, type_ids=[types[type_]])
        _goal(by, start, "deals_added", Span.WEEK, 2, owner=user)
    for user in people:
        _goal(by, start, "booked_revenue", Span.MONTH, 30_000, owner=user)
    team = Team.objects.order_by("pk").first()
    if team is not None:
        _goal(by, start, "deals_won", Span.MONTH, 12, team=team)
    _goal(by, start, "deals_added", Span.MONTH, 80)


def _goal(by: Actor, start: dt.date, metric: str, every: str, amount: int, **whose: Any) -> None:
    Goal(metric=metric, every=every, amount=Decimal(amount), start_on=start, **whose).add(by=by)


def _keep_blocks(by: Actor, user: User, now: dt.datetime, chance: random.Random, calls: bool) -> None:
    """Two hours of prospecting on four mornings, 20 % of the week (R32); most were kept, with `calls` or without."""
    start = (now - WEEKS * WEEK).date()
    block = Block(
        owner=user, name="Prospecting", weekdays=[0, 1, 2, 3], starts_at=dt.time(9), minutes=120,
        zone=settings.LEADLINE_TIME_ZONE, start_on=start - start.weekday() * DAY,
    )  # fmt: skip
    block.add(by=by, at=now - WEEKS * WEEK)
    zone, days = ZoneInfo(settings.LEADLINE_TIME_ZONE), company_days()
    for day in _days(block.start_on, now.date()):
        if day.weekday() in block.weekdays and days.is_working_day(day) and chance.random() < KEPT:
            began = dt.datetime.combine(day, dt.time(9, chance.randint(0, 9)), zone)
            ended = began + dt.timedelta(minutes=chance.randint(70, 118))
            Sitting(owner=user, block=block, on_date=day, began_at=began, ended_at=ended).add(by=by, at=ended)
            if calls and now - began < CALLED * WEEK:
                _call(by, user, began, chance)


def _call(by: Actor, user: User, began: dt.datetime, chance: random.Random) -> None:
    """Six to nine calls in one sitting, to whoever may become a lead; most reach nobody."""
    kind = ActivityType.objects.kept().get(name="Call")
    people = list(Person.objects.kept().filter(owner=user).order_by("pk")[:60])
    for n, person in enumerate(chance.sample(people, min(chance.randint(6, 9), len(people)))):
        done = began + dt.timedelta(minutes=8 * n + 5)
        call = Activity(type=kind, owner=user, person=person, subject=f"Call {person}", minutes=chance.randint(2, 7))
        call.organization_id, call.due_at = person.organization_id, done
        call.add(by=by, at=done).complete(by=by, at=done, outcome=chance.choice(SAID))


def _days(first: dt.date, end: dt.date) -> Iterator[dt.date]:
    return (first + n * DAY for n in range((end - first).days))


def _have_ideas(by: Actor, user: User, count: int, now: dt.datetime, chance: random.Random) -> None:
    """Targets that nobody has touched yet (R34)."""
    source = Source.objects.kept().filter(name__iexact="outreach").first()
    for name in chance.sample(FIRMS, min(count, len(FIRMS))):
        added = now - chance.randint(1, 60) * DAY
        firm = Organization(name=name, owner=user).add(by=by, at=added)
        person = _contact(by, user, firm, added, chance)
        Lead(
            title=name, organization=firm, person=person, owner=user, source=source, originator=user, created_at=added
        ).add(by=by, at=added)


def _asks(by: Actor, user: User, now: dt.datetime, asked: tuple[str, str, int, int, int]) -> None:
    """Somebody who waits for an answer: some of them for longer than was promised (R39)."""
    name, source, ago, hour, minute = asked
    day, days = now.date(), company_days()
    for _n in range(ago):
        day = next(day - n * DAY for n in range(1, 15) if days.is_working_day(day - n * DAY))
    at = dt.datetime.combine(day, dt.time(hour, minute), ZoneInfo(settings.LEADLINE_TIME_ZONE))
    firm = Organization(name=name, owner=user).add(by=by, at=at)
    person = _contact(by, user, firm, at, random.Random(name))
    lead = Lead(title=name, organization=firm, person=person, owner=user, stage=LeadStage.MQL, created_at=at)
    lead.source = Source.objects.kept().filter(name=source).first()
    lead.add(by=by, at=at)


def _contact(by: Actor, user: User, firm: Organization, at: dt.datetime, chance: random.Random) -> Person:
    """Somebody there to write to."""
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    person = Person(name=f"{first} {last}", first_name=first, last_name=last, organization=firm, owner=user)
    place = "".join(firm.name.lower().split())
    person.emails = [{"value": f"{first}.{last}@{place}.example".lower()}]
    return person.add(by=by, at=at)


def _plan(by: Actor, user: User, now: dt.datetime, chance: random.Random) -> None:
    """What repeats, and something on each of their largest deals: meetings with an hour, tasks of a day, some late."""
    zone, days, today = ZoneInfo(settings.LEADLINE_TIME_ZONE), company_days(), now.date()
    for kind, subject, ahead, hour, minutes, rule in REPEATED:
        due = dt.datetime.combine(days.from_day(today + ahead * DAY), dt.time(hour), zone)
        _activity(by, now, user, kind, subject, due_at=due, minutes=minutes, repeats=rule)
    for place, deal in enumerate(Deal.objects.open().filter(owner=user).order_by("-value_base", "pk")[:12]):
        kind, subject, minutes = PLANNED[place % len(PLANNED)]
        day = today + AHEAD[place * 3 % len(AHEAD)] * DAY
        on = {"deal": deal, "person_id": deal.person_id, "organization_id": deal.organization_id}
        if minutes:
            begins = dt.time(9 + place % 8, 30 * (place // 8 % 2))
            when: dict[str, Any] = {"due_at": dt.datetime.combine(day, begins, zone), "minutes": minutes}
        else:
            when = {"due_on": day}
        _activity(by, now, user, kind, subject, priority=chance.choice(PRIORITIES), **on, **when)


def _activity(by: Actor, now: dt.datetime, user: User, kind: str, subject: str, **more: Any) -> None:
    type_ = ActivityType.objects.kept().get(name=kind)
    Activity(owner=user, type=type_, subject=subject, **more).add(by=by, at=now - 4 * DAY)
