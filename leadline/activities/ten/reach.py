"""Who may be written to at all: whatever the rule says, nobody gets a note who must not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from leadline.activities.models import Activity, Answer, TenEntry
from leadline.activities.ten.found import Search
from leadline.activities.ten.rules import never_label
from leadline.crm.models import Deal, Person, WorkingWeek
from leadline.crm.models.finding import ListHolds

REST = dt.timedelta(days=30)  # nobody stands on a list twice within
WEEK = dt.timedelta(days=7)
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def reachable(search: Search) -> QuerySet[Person]:
    """Seen by them, with an address or phone that works, not to be left alone, with nothing planned this week."""
    planned = _planned(week_end(search))
    # From the person's deals on: the other way round the database would go through everything planned, for each person.
    on_deal = Deal.objects.filter(Exists(planned.filter(deal=OuterRef("pk"))), person=OuterRef("pk")).order_by()
    wrong = TenEntry.objects.kept().filter(
        person=OuterRef("pk"), answer=Answer.WRONG, answered_at__gt=OuterRef("updated_at")
    )
    people = Person.objects.visible_to(search.user).kept().filter(Q(first_email__gt="") | ~Q(phones=[]))
    label = never_label(search.user)
    if label is not None:
        people = people.exclude(ListHolds("label_ids", label))
    return people.exclude(Exists(planned.filter(person=OuterRef("pk"))) | Exists(on_deal) | Exists(wrong.order_by()))


def _planned(until: dt.datetime) -> QuerySet[Activity]:
    """What is to be done until then. Said so that no index of all that is not done yet is taken for a short cut."""
    rows: QuerySet[Activity] = Activity.objects.kept().filter(due_at__lt=until).order_by()
    return rows.alias(until=Coalesce("done_at", Value(NEVER))).filter(until=NEVER)


def rested(search: Search) -> QuerySet[Person]:
    """Of these, whoever stood on nobody's list within 30 days: two colleagues do not write to the same person."""
    listed = TenEntry.objects.kept().filter(person=OuterRef("pk"), on_date__gt=search.day - REST).order_by()
    return reachable(search).exclude(Exists(listed))


def due_again(search: Search, due: dict[int, dt.date]) -> set[int]:
    """Of people with the day since when they are due, those who have not stood on this list since then."""
    entries = TenEntry.objects.kept().filter(owner=search.user, person__in=list(due))
    last: dict[int, dt.date] = dict(entries.order_by("on_date").values_list("person_id", "on_date"))
    return {pk for pk, since in due.items() if pk not in last or last[pk] < since or last[pk] <= search.day - REST}


def meeting_this_week(search: Search) -> set[int]:
    """Who takes part in something planned this week, beside the person it is with."""
    within = Activity.objects.kept().filter(done_at=None, due_at__gte=search.now, due_at__lt=week_end(search))
    rows: Any = within.exclude(participant_ids=[]).order_by().values_list("participant_ids", flat=True)
    return {pk for ids in rows for pk in ids if isinstance(pk, int)}


def week_end(search: Search) -> dt.datetime:
    """The moment at which the company's week ends that holds the day."""
    into = (search.day.weekday() - WorkingWeek.company().first_weekday) % 7
    return search.now + WEEK - dt.timedelta(days=into)
