"""What a rule would have done: the causes and conditions of the real one, looked for in the past. Nothing is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm import conditions
from leadline.history.models import Change
from leadline.history.registry import model_of
from leadline.history.standing import undone_among
from leadline.history.writing import writing
from leadline.rules import acting, logged, timed
from leadline.rules.causes import Cause
from leadline.rules.logged import Happened
from leadline.rules.models import Rule
from leadline.rules.whens import TIMED

SHOWN, REHEARSED = 50, 5
AT_ONCE = 500


@dataclass(frozen=True)
class Would:
    """One record on which it would have acted, and when; `problem` is why it could not do it today."""

    cause: Cause
    record: Any
    problem: str = ""


@dataclass(frozen=True)
class Trial:
    """`causes` were there, of `records` different ones that meet the condition today; `shown` are the latest."""

    start: dt.datetime
    end: dt.datetime
    causes: int
    records: int
    shown: tuple[Would, ...]


def tried(rule: Rule, user: User, start: dt.datetime, end: dt.datetime) -> Trial:
    """Of what the person sees. Files count as if it had been done here: what they tell is the past that there is.

    Conditions, clocks and dates are looked at as they are today. Raises ValidationError for a condition that is none.
    """
    found = sorted(_found(rule, start, end), key=lambda cause: cause.at, reverse=True)
    met = conditions.met(rule.kind, rule.query, {cause.record_id for cause in found})
    found = [cause for cause in found if cause.record_id in met]
    seen = _seen(rule.kind, user, met)
    found = [cause for cause in found if cause.record_id in seen]
    latest = found[:SHOWN]
    records = model_of(rule.kind).objects.in_bulk([cause.record_id for cause in latest])
    problems = rehearsed(rule, latest[:REHEARSED])
    shown = tuple(Would(cause, records[cause.record_id], problems.get(cause.key, "")) for cause in latest)
    return Trial(start, end, len(found), len({cause.record_id for cause in found}), shown)


def rehearsed(rule: Rule, causes: Sequence[Cause]) -> dict[str, str]:
    """Why it could not act on some of these, by the key of the cause: it does, and takes everything back at once."""
    problems, new = {}, rule.pk is None
    with writing():
        before = transaction.savepoint()
        if new:
            rule.save()  # what it does is its own
        for cause in causes:
            mark = transaction.savepoint()
            try:
                with transaction.atomic():
                    acting.carried_out(rule, cause, Actor(None, "rule").together())
            except acting.AWAY:
                raise
            except Exception as error:
                problems[cause.key] = acting.told(error)
            transaction.savepoint_rollback(mark)
        transaction.savepoint_rollback(before)
    rule.pk = None if new else rule.pk
    return problems


def _seen(kind: str, user: User, ids: set[int]) -> set[int]:
    wanted, found = sorted(ids), set()
    rows = model_of(kind).objects.visible_to(user).order_by()
    for begin in range(0, len(wanted), AT_ONCE):
        found |= set(rows.filter(pk__in=wanted[begin : begin + AT_ONCE]).values_list("pk", flat=True))
    return found


def _found(rule: Rule, start: dt.datetime, end: dt.datetime) -> list[Cause]:
    if rule.when in TIMED:
        return list(timed.causes(rule, start, end, past=True))
    happened = Change.objects.filter(entity=logged.entity_of(rule), undoes=None).filter(logged.narrowed(rule))
    ids = list(happened.filter(occurred_at__gte=start, occurred_at__lt=end).order_by("id").values_list("pk", flat=True))
    found: dict[str, Cause] = {}
    for begin in range(0, len(ids), AT_ONCE):
        changes = list(Change.objects.filter(pk__in=ids[begin : begin + AT_ONCE]).order_by("id"))
        gone = undone_among(changes)
        kept = [Happened(change) for change in changes if change.pk not in gone]
        found |= {cause.key: cause for cause in logged.causes(rule, kept)}
    return list(found.values())
