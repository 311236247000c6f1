"""Who would get a lead, and why: asked for a lead that is given, and for trying rules out. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from leadline.accounts.models import Role, User
from leadline.crm.assigning.away import away
from leadline.crm.conditions import met
from leadline.crm.models import Absence, Assignment, AssignmentRule, Choosing, Lead, LeadStatus

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class Why(StrEnum):
    """Why somebody is passed over."""

    AWAY = "away"
    FULL = "full"
    UNABLE = "unable"


class PassedOver(NamedTuple):
    """Somebody who came before and did not get it: away until `detail` (a day), or with `detail` open leads."""

    user_id: int
    why: Why
    detail: str = ""


@dataclass(frozen=True)
class Choice:
    """`user` gets it by `rule`; it was the turn of `turn`, for whom `user` stands in where that is somebody else.

    Without a user the rules found nobody: `passed_over` says why. `rule` None: no rule holds for this lead.
    """

    rule: AssignmentRule | None
    user: User | None = None
    turn: User | None = None
    passed_over: tuple[PassedOver, ...] = ()
    broken: tuple[AssignmentRule, ...] = ()  # rules whose condition cannot be understood: they hold for nothing


def propose(lead: Lead, now: dt.datetime | None = None) -> Choice:
    """The first rule that holds and has somebody free. A rule without anybody free leaves it to the next."""
    now, broken, over, held = now or timezone.now(), [], [], None
    for rule in AssignmentRule.objects.kept().filter(active=True).select_related("pod"):
        try:
            holds = lead.pk in met("lead", rule.query, [lead.pk], now)
        except ValidationError:
            broken.append(rule)
            continue
        if holds:
            held = held or rule
            user, turn, passed = choose(rule, now)
            over += passed
            if user is not None:
                return Choice(rule, user, turn, tuple(over), tuple(broken))
    return Choice(held, None, None, tuple(over), tuple(broken))


def choose(rule: AssignmentRule, now: dt.datetime) -> tuple[User | None, User | None, list[PassedOver]]:
    """(who gets it, whose turn it was, who was passed over before them)."""
    queue = _in_order(rule, candidates(rule))
    absent = away([user for user, _n in queue], now)
    passed: list[PassedOver] = []
    for user, n in queue:
        absence = absent.get(user.pk)
        if rule.most_open is not None and n is not None and n >= rule.most_open:
            passed.append(PassedOver(user.pk, Why.FULL, str(n)))
        elif not user.may_own:
            passed.append(PassedOver(user.pk, Why.UNABLE))
        elif absence is None:
            return user, user, passed
        else:
            passed.append(PassedOver(user.pk, Why.AWAY, absence.end_on.isoformat()))
            if deputy := _deputy(absence, now):
                return deputy, user, passed
    return None, None, passed


def candidates(rule: AssignmentRule) -> list[User]:
    """Whom a rule names, in its order: people, else those of its pod, else all; of its role where it names one."""
    named: Sequence[int] | None = rule.user_ids or None
    if named is None and rule.pod_id:
        named = rule.pod.member_ids if rule.pod and rule.pod.deleted_at is None else []
    users = User.objects.exclude(role=Role.READER)
    if rule.sales_role:
        users = users.filter(sales_role=rule.sales_role)
    elif named is None:
        return []
    if named is not None:
        users = users.filter(pk__in=named)
    place = {pk: at for at, pk in enumerate(named or ())}
    return sorted(users, key=lambda user: (place.get(user.pk, 0), user.pk))


def open_leads(users: Sequence[User]) -> dict[int, int]:
    """How many open leads each of them has."""
    rows = Lead.objects.kept().filter(status=LeadStatus.OPEN, owner__in=users).order_by()
    return dict(rows.values_list("owner_id").annotate(n=Count("pk")))


def _in_order(rule: AssignmentRule, users: list[User]) -> list[tuple[User, int | None]]:
    """Who comes first, with the number of their open leads where that counts."""
    counts = rule.by == Choosing.LOAD or rule.most_open is not None
    having: dict[int, int] = open_leads(users) if counts else {}
    last = _last_turns(rule, users)
    places = {user.pk: at for at, user in enumerate(users)}

    def rank(user: User) -> tuple[Any, ...]:
        turn = (last.get(user.pk) or NEVER, places[user.pk])
        return (having.get(user.pk, 0), *turn) if rule.by == Choosing.LOAD else turn

    return [(user, having.get(user.pk, 0) if counts else None) for user in sorted(users, key=rank)]


def _last_turns(rule: AssignmentRule, users: list[User]) -> dict[int, dt.datetime | None]:
    """When it was last whose turn, by this rule: one step in an index for each."""
    turns = Assignment.objects.filter(rule=rule, turn=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
    found = User.objects.filter(pk__in=[user.pk for user in users]).order_by()
    return dict(found.annotate(last=Subquery(turns)).values_list("pk", "last"))


def _deputy(absence: Absence, now: dt.datetime) -> User | None:
    """Who stands in, where they are there themselves."""
    deputy: User | None = absence.stand_in
    fit = deputy is not None and deputy.may_own and deputy.role != Role.READER
    return deputy if fit and deputy is not None and not away([deputy], now) else None
