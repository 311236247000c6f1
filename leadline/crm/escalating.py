"""A lead that waits too long for its answer is told to whoever leads: once per lead and owner (R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import orjson
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, Team, User
from leadline.crm.answering import Clock, clocks
from leadline.crm.models import Escalation, Lead, LeadStatus, Notice, Source, Why
from leadline.crm.working_time import company_time
from leadline.history import beside
from leadline.history.models import Change
from leadline.history.writing import locked, writing

PAUSE = 60  # seconds between two looks
OLD = dt.timedelta(days=14)  # what nobody heard of for so long is no news any more
BY = Actor(None, "rule")


def escalate_due(now: dt.datetime | None = None) -> list[Escalation]:
    """Tells of every lead whose time is up, and returns what was told. Several servers do so without harm."""
    now = now or timezone.now()
    promised = _promised_since()
    if not promised:
        return []
    leads = list(_waiting(promised, now))
    marks = Escalation.objects.filter(lead__in=[lead.pk for lead in leads]).values_list("once", flat=True)
    told = set(marks)
    leads = [lead for lead in leads if Escalation.mark(lead) not in told]
    running = clocks(leads, now, company_time()) if leads else {}
    due = [lead for lead in leads if _is_due(running[lead.pk], promised[lead.source_id], now)]
    return [found for lead in due if (found := _tell(lead.pk, running[lead.pk], now))]


def who_leads(owner: User | None) -> list[User]:
    """The nearest leaders of somebody: of their team, else of the teams above; administrators where there are none.

    Of what nobody owns all leaders hear.
    """
    people = User.objects.filter(is_active=True)
    leaders = list(people.filter(role=Role.LEADER).exclude(pk=owner.pk if owner else 0))
    if owner is None:
        return leaders or list(people.filter(role=Role.ADMINISTRATOR))
    parents = dict(Team.objects.values_list("pk", "parent_id"))
    team, above = owner.team_id, True
    while above:
        if found := [leader for leader in leaders if leader.team_id == team]:
            return found
        team = parents.get(team) if team else None
        above = team is not None
    return list(people.filter(role=Role.ADMINISTRATOR).exclude(pk=owner.pk))


def in_background() -> None:
    """Looks once a minute as long as the server runs."""
    beside.again("telling of late leads", PAUSE, escalate_due)


def _promised_since() -> dict[int | None, dt.datetime]:
    """Each source that says when to tell, and since when it says so: what came due before is no news."""
    sources = list(Source.objects.filter(escalate_after__isnull=False).values_list("pk", flat=True))
    changes = Change.objects.filter(entity=Source.ENTITY, record_id__in=sources).order_by("id")
    rows = changes.values_list("record_id", "verb", "before", "recorded_at")
    said = (row for row in rows if row[1] == Change.CREATE or "escalate_after" in orjson.loads(row[2]))
    return {pk: at for pk, _verb, _before, at in said}


def _waiting(promised: Iterable[int | None], now: dt.datetime) -> Iterable[Lead]:
    """Open leads of these sources that came lately and that nobody has answered."""
    lately = Q(owned_since__gte=now - OLD) | Q(owned_since=None, created_at__gte=now - OLD)
    waiting = Lead.objects.kept().filter(status=LeadStatus.OPEN, answered_at=None, source__in=[*promised])
    found: Iterable[Lead] = waiting.filter(lately).order_by("pk")
    return found


def _is_due(clock: Clock, promised: dt.datetime, now: dt.datetime) -> bool:
    return clock.runs and clock.escalate_at is not None and promised <= clock.escalate_at <= now


def _tell(lead_id: int, clock: Clock, now: dt.datetime) -> Escalation | None:
    """Escalation, log and notices in one transaction; None where somebody was quicker, or has answered meanwhile."""
    assert clock.escalate_at is not None  # asked before
    try:
        with writing():
            lead = locked(Lead.objects.filter(pk=lead_id)).get()
            still = lead.answered_at is None and lead.status == LeadStatus.OPEN and lead.deleted_at is None
            since = lead.owned_since or lead.created_at
            if not still or since != clock.since or Escalation.objects.filter(once=Escalation.mark(lead)).exists():
                return None
            told = [user for user in who_leads(lead.owner) if Lead.objects.visible_to(user).filter(pk=lead_id).exists()]
            found = Escalation(
                lead=lead,
                waited_for=lead.owner,
                since=since,
                due_at=clock.escalate_at,
                told_ids=[user.pk for user in told],
            ).add(by=BY)
            change = Change.objects.filter(entity=Escalation.ENTITY, record_id=found.pk).order_by("id")[:1].get()
            Notice.objects.bulk_create(
                Notice(user=user, why=Why.LATE, change_id=change.pk, kind=lead.ENTITY, record_id=lead_id)
                for user in told
            )
    except IntegrityError:
        return None
    return found
