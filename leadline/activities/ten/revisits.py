"""Lost and parked deals and leads of mine whose day has come: bridges are not burnt (R4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from leadline.activities.ten.found import CHUNK, Found, Search, Setting, first_of, said
from leadline.activities.ten.reach import due_again, reachable
from leadline.crm.models import Deal, Lead, LeadStatus, Status


def found(search: Search, _setting: Setting) -> list[Found]:
    """Those who are due longest first; also within 30 days of an earlier note."""
    due = sorted(_due(search), key=lambda row: (row[1], row[0]))
    first: dict[int, dt.date] = {}
    for person, since, _found in due:
        first[person] = max(since, first.get(person, since))
    open_to = set(reachable(search).filter(pk__in=list(first)).values_list("pk", flat=True)) & due_again(search, first)
    return first_of(one for person, _since, one in due if person in open_to)


def due_deals(search: Search) -> Any:
    """Deals of mine to be asked about again that nobody has touched since that day."""
    lost = Q(status=Status.LOST, revisit_on__lte=search.day) & _untouched("revisit_on")
    parked = Q(status=Status.NURTURE, come_back_on__lte=search.day) & _untouched("come_back_on")
    return Deal.objects.visible_to(search.user).kept().filter(owner=search.user).filter(lost | parked)


def _untouched(since: str) -> Q:
    return Q(last_touch_at=None) | Q(last_touch_at__lt=F(since))


def _due(search: Search) -> Iterator[tuple[int, dt.date, Found]]:
    deals = due_deals(search).filter(person__isnull=False).order_by("revisit_on", "come_back_on", "pk")
    for title, person, status, lost, parked in deals.values_list(
        "title", "person_id", "status", "revisit_on", "come_back_on"
    )[:CHUNK]:
        since = lost if status == Status.LOST else parked
        words = _("%(deal)s was lost, to be asked again on %(day)s") if status == Status.LOST else None
        words = words or _("%(deal)s was parked until %(day)s")
        yield person, since, Found(person, words % {"deal": title, "day": said(since)})
    leads = Lead.objects.visible_to(search.user).kept().filter(owner=search.user, status=LeadStatus.NURTURE)
    leads = leads.filter(come_back_on__lte=search.day, person__isnull=False).order_by("come_back_on", "pk")
    for pk, title, person, since in leads.values_list("pk", "title", "person_id", "come_back_on")[:CHUNK]:
        words = _("%(lead)s was parked until %(day)s")
        yield person, since, Found(person, words % {"lead": title, "day": said(since)}, lead=pk)
