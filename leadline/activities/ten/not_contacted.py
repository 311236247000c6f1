"""People of mine, or whom I know, with whom nobody was in touch for a while: the longest silence first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.activities.models import Activity
from leadline.activities.ten.found import POOL, Found, Search, Setting, chunks, first_of
from leadline.activities.ten.reach import rested
from leadline.crm.models import Deal, Lead, LeadStatus, Person

STEP, STEPS = 1000, 20  # of what I have done, oldest first, read at a time; at most so many times
MOST_DEALS = 2000


def found(search: Search, setting: Setting) -> list[Found]:
    """Whom I know by what we did together or by my deals, the longest silence first; then who is mine and never met."""
    people = quiet_since(rested(search), search.days_ago(setting["days"]))
    known = _known(search, people, search.days_ago(setting["days"]))
    mine = [] if len(known) >= POOL else _mine(search, people)
    last = last_contacts([*known, *mine])
    known.sort(key=lambda pk: (last.get(pk, search.now), pk))
    return first_of(Found(pk, _why(search, last.get(pk))) for pk in [*known, *mine])


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


def _known(search: Search, people: QuerySet[Person], cut: dt.datetime) -> list[int]:
    """Enough of those whom I know; those of the oldest acts first, so that a quick look finds the longest silence."""
    known: dict[int, None] = {}
    done: Any = Activity.objects.kept().filter(owner=search.user, done_at__lt=cut).order_by("done_at", "pk")
    for step in range(STEPS):
        rows = list(done.values_list("person_id", flat=True)[step * STEP : (step + 1) * STEP])
        _keep(known, people, [pk for pk in dict.fromkeys(rows) if pk])
        if len(rows) < STEP or len(known) >= POOL:
            break
    deals = Deal.objects.kept().filter(owner=search.user, person__isnull=False).order_by("pk")
    if len(known) < POOL:
        _keep(known, people, list(dict.fromkeys(deals.values_list("person_id", flat=True)[:MOST_DEALS])))
    return list(known)


def _keep(known: dict[int, None], people: QuerySet[Person], wanted: list[int]) -> None:
    """Take over those of the wanted who may be written to, until there are enough."""
    for ids in chunks(wanted):
        if len(known) >= POOL:
            return
        still = set(people.filter(pk__in=list(ids)).order_by().values_list("pk", flat=True))
        known.update(dict.fromkeys(pk for pk in ids if pk in still))


def _mine(search: Search, people: QuerySet[Person]) -> list[int]:
    """Those of mine whom nobody ever met; who is on an idea comes by that rule."""
    ideas = Lead.objects.kept().filter(person=OuterRef("pk"), owner=search.user, status=LeadStatus.OPEN).order_by()
    mine = people.filter(owner=search.user).exclude(Exists(ideas)).order_by("pk")
    return list(mine.values_list("pk", flat=True)[:POOL])


def _why(search: Search, last: dt.datetime | None) -> str:
    if last is None:
        return _("Known to you, and never contacted")
    days = (search.day - last.astimezone(search.now.tzinfo).date()).days
    return ngettext("No contact for %(n)s day", "No contact for %(n)s days", days) % {"n": f"{days:,}"}
