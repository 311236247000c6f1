"""What somebody was handed and has not answered; what came back to somebody and waits for what it lacked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from leadline.accounts.models import User
from leadline.crm.models import HandOff, HandOffState, LeadStatus, Status

LINKED = ("giver", "taker", "lead__organization", "lead__person", "deal__organization", "deal__person")


def waiting_for(user: User) -> QuerySet[Any]:
    """Hand-offs that this person is expected to answer, that which is due first first; giver and record are read.

    An answer that was undone waits again, but not while its lead is discarded or parked, or its deal is open.
    """
    answerable = Q(lead__status=LeadStatus.OPEN, lead__deleted_at=None)
    answerable |= Q(deal__status=Status.WON, deal__deleted_at=None)
    rows: QuerySet[Any] = HandOff.objects.waiting().filter(answerable, taker=user)
    return rows.select_related(*LINKED).order_by(F("due_at").asc(nulls_last=True), "pk")


def returned_to(user: User, since: dt.datetime) -> QuerySet[Any]:
    """Leads that came back to this person since then, that they have and that nobody has touched or handed on yet."""
    rows = HandOff.objects.kept().filter(giver=user, state=HandOffState.RETURNED, answered_at__gte=since)
    rows = rows.filter(lead__owner=user, lead__status=LeadStatus.OPEN, lead__deleted_at=None)
    untouched = Q(lead__last_touch_at=None) | Q(lead__last_touch_at__lte=F("answered_at"))
    later = HandOff.objects.kept().filter(lead=OuterRef("lead"), handed_at__gt=OuterRef("answered_at"))
    found: QuerySet[Any] = rows.filter(untouched).exclude(Exists(later))
    return found.select_related(*LINKED).order_by("answered_at", "pk")
