"""Giving a lead to whom the rules choose: one act with what brought it, a line that says why, and a notice to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import User
from leadline.crm.assigning.choosing import propose
from leadline.crm.models import Assignment, AssignmentRule, Lead, LeadStatus, Notice, Why
from leadline.history.models import Change
from leadline.history.writing import locked, writing


def assign(lead: Lead, *, by: By, now: dt.datetime | None = None) -> Assignment | None:
    """Give an open lead that nobody has to whom the rules choose; None where it has an owner, or they find nobody.

    It is Leadline that does it, by the rule, in the act of `by`. Turns stay turns when several leads come at once.
    """
    with writing():
        list(locked(AssignmentRule.objects.kept().filter(active=True)).values_list("pk"))  # one after the other
        lead.refresh_from_db()
        if lead.owner_id or lead.status != LeadStatus.OPEN or lead.deleted_at:
            return None
        choice = propose(lead, now)
        if choice.rule is None or choice.user is None:
            return None
        lead.edit(by=Actor(None, "rule", actor(by).act), owner=choice.user)
        _tell(lead, choice.user)
        return Assignment.objects.create(
            rule=choice.rule,
            lead=lead,
            user=choice.user,
            turn=choice.turn,
            at=timezone.now(),
            passed_over=[[*over] for over in choice.passed_over],
        )


def assign_waiting(leads: Iterable[Lead], *, by: By) -> list[Assignment]:
    """Those of the leads that nobody has, as far as the rules find somebody: one act."""
    doer = actor(by).together()
    with writing():
        return [found for lead in leads if (found := assign(lead, by=doer))]


def assigned_by(lead: Lead) -> Assignment | None:
    """The line that says why its owner has it; None where they have it otherwise."""
    rows = Assignment.objects.filter(lead=lead).select_related("rule", "user", "turn")
    last: Assignment | None = rows.order_by("-at", "-pk").first()
    return last if last is not None and last.user_id == lead.owner_id else None


def _tell(lead: Lead, user: User) -> None:
    """What a rule does is no news (`crm.noticing`), but that somebody has a new lead is to them."""
    last = Change.objects.filter(entity=lead.ENTITY, record_id=lead.pk).order_by("-id").values_list("pk", flat=True)
    Notice.objects.get_or_create(
        user=user,
        change_id=last[0],
        defaults={"why": Why.GIVEN, "kind": lead.ENTITY, "record_id": lead.pk},
    )
