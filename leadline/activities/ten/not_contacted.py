"""People of mine, or whom I know, with whom nobody was in touch for a while: the longest silence first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.activities.models import Activity
from leadline.activities.ten.found import POOL, Found, Search, Setting, chunks, first_of
from leadline.activities.ten.reach import rested
from leadline.crm.models import Deal, Person


def found(search: Search, setting: Setting) -> list[Found]:
    """Whom I know by what we did together, then by my deals, then who is mine and was never contacted."""
    return first_of(_found(search, quiet_since(rested(search), search.days_ago(setting["days"]))))


def quiet_since(people: QuerySet[Person], cut: dt.datetime) -> QuerySet[Person]:
    """Those with whom nothing was done, and on whose deals, since then."""
    done = Activity.objects.kept().filter(person=OuterRef("pk"), done_at__gte=cut).order_by()
    touched = Deal.objects.kept().filter(person=OuterRef("pk"), last_touch_at__gte=cut).order_by()
    return people.exclude(Exists(done) | Exists(touched))


def last_contacts(people: list[int]) -> dict[int, dt.datetime]:
    """When something was last done with each of these people, on their deals too."""
    done = Activity.objects.kept().filter(person__in=people, done_at__isnull=False).order_by()
    last: dict[int, dt.datetime] = dict(done.values_list("person_id").annotate(last=Max("done_at")))
    deals = Deal.objects.kept().filter(person__in=people, last_touch_at__isnull=False).order_by()
    for pk, at in deals.values_list("person_id").annotate(last=Max("last_touch_at")):
        last[pk] = max(at, last.get(pk, at))
    return last


def _found(search: Search, people: QuerySet[Person]) -> Iterator[Found]:
    for known in (_by_activities(search), _by_deals(search)):
        for ids in chunks(known):
            still = set(people.filter(pk__in=list(ids)).values_list("pk", flat=True))
            yield from _said(search, [pk for pk in ids if pk in still])
    mine = people.filter(owner=search.user).order_by("pk").values_list("pk", flat=True)[:POOL]
    yield from _said(search, list(mine))


def _by_activities(search: Search) -> list[int]:
    """Everybody with whom I have done something; the longest ago first."""
    done: Any = Activity.objects.kept().filter(owner=search.user, done_at__isnull=False, person__isnull=False)
    rows = done.order_by().values_list("person_id").annotate(last=Max("done_at")).order_by("last", "person_id")
    return [pk for pk, _last in rows]


def _by_deals(search: Search) -> list[int]:
    """Everybody who is the contact of a deal of mine; the longest untouched first."""
    deals = Deal.objects.kept().filter(owner=search.user, person__isnull=False)
    rows = deals.order_by(F("last_touch_at").asc(nulls_first=True), "pk").values_list("person_id", flat=True)
    return list(dict.fromkeys(rows))


def _said(search: Search, people: list[int]) -> Iterator[Found]:
    last = last_contacts(people) if people else {}
    for pk in people:
        yield Found(pk, _why(search, last.get(pk)))


def _why(search: Search, last: dt.datetime | None) -> str:
    if last is None:
        return _("Known to you, and never contacted")
    days = (search.day - last.astimezone(search.now.tzinfo).date()).days
    return ngettext("No contact for %(n)s day", "No contact for %(n)s days", days) % {"n": f"{days:,}"}
