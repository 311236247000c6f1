"""Ideas (R34): leads at stage target, open, of mine, with whom nobody has been in touch yet; and their floor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import ngettext

from leadline.accounts.models import User
from leadline.activities.models import Activity, Habits
from leadline.crm.models import Lead, LeadStage, LeadStatus


def ideas_of(user: User) -> QuerySet[Lead]:
    """Somebody's ideas. In touch is: something done on the lead, or with its person since there is the lead."""
    mine = Lead.objects.kept().filter(owner=user, status=LeadStatus.OPEN, stage=LeadStage.TARGET)
    return mine.exclude(contacted())


def contacted() -> Q:
    """The condition of leads with which somebody has been in touch."""
    done: Any = Activity.objects.kept().filter(done_at__isnull=False).order_by()
    with_person = done.filter(person=OuterRef("person_id"), done_at__gte=OuterRef("created_at"))
    return Q(Exists(done.filter(lead=OuterRef("pk")))) | Q(Exists(with_person))


def standing(user: User) -> tuple[int, int]:
    """How many ideas somebody has, and how many they want to have at least."""
    return ideas_of(user).count(), Habits.of(user).ideas_floor


def warning(count: int, floor: int) -> str:
    """What to say of it; "" where there are enough."""
    if count >= floor:
        return ""
    one, many = "%(count)s idea, under your floor of %(floor)s.", "%(count)s ideas, under your floor of %(floor)s."
    words = ngettext(one, many, count)
    return words % {"count": f"{count:,}", "floor": f"{floor:,}"}


def set_floor(user: User, floor: int) -> None:
    """Raises ValidationError for what is no number of ideas."""
    habits, _made = Habits.objects.get_or_create(user=user)
    habits.ideas_floor = floor
    habits.full_clean(exclude=["user"])
    habits.save(update_fields=["ideas_floor"])


def trend(user: User, now: dt.datetime, weeks: int = 12) -> list[tuple[dt.datetime, int]]:
    """How many ideas there were at the end of each of the last weeks, the last of which is now.

    Reckoned from the leads as they are now: an idea from its beginning until somebody was in touch or it was closed.
    What went on to a further stage, or into the nurture stream, without either is not counted.
    """
    moments = [now - dt.timedelta(weeks=ago) for ago in reversed(range(weeks))]
    lives = [*_lives(user, moments[0])]
    return [(at, sum(begin <= at and (end is None or end > at) for begin, end in lives)) for at in moments]


def _lives(user: User, since: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime | None]]:
    """When each idea began and ended; of those that ended, the ones that did so since."""
    for begun in ideas_of(user).values_list("created_at", flat=True):
        yield begun or since, None
    touched: Any = Activity.objects.kept().filter(done_at__isnull=False).order_by()
    on_lead = touched.filter(lead=OuterRef("pk")).values("lead").annotate(at=Min("done_at")).values("at")
    with_person = touched.filter(person=OuterRef("person_id"), done_at__gte=OuterRef("created_at"))
    first = with_person.values("person").annotate(at=Min("done_at")).values("at")
    lately = touched.filter(done_at__gt=since)
    met = Exists(lately.filter(lead=OuterRef("pk"))) | Exists(lately.filter(person=OuterRef("person_id")))
    mine = Lead.objects.kept().filter(owner=user).exclude(closed_at__lte=since)
    given_up = Q(status=LeadStatus.DISCARDED, stage=LeadStage.TARGET)
    rows = mine.filter(met | given_up).annotate(on_lead=Subquery(on_lead[:1]), with_person=Subquery(first[:1]))
    for begun, *ends in rows.values_list("created_at", "on_lead", "with_person", "closed_at"):
        ended = [end for end in ends if end is not None]
        if ended and min(ended) > since:
            yield begun or since, min(ended)
