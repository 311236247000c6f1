"""Which activities a calendar shows: slim rows first, for a month has thousands; then names of those drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from leadline.accounts.models import Role, User
from leadline.accounts.permissions import owners_changed_by
from leadline.activities import recurring
from leadline.activities.being_due import due_for
from leadline.activities.models import Activity, ActivityType, Attendance
from leadline.activities.zones import zone_of
from leadline.crm.fields import HIDDEN
from leadline.crm.fields.hiding import hidden_among
from leadline.web.calendar.asked import Asked

USUAL = 30  # minutes, where neither the activity nor its kind says how long it takes
LONGEST = dt.timedelta(days=1)  # what began earlier than this before the first day is looked for by its length
LONG = dt.timedelta(days=60)
SLIM = ("pk", "type_id", "owner_id", "due_at", "due_on", "done_at", "minutes")
ABOUT = ("person", "organization", "deal", "lead")  # of whom it tells: the first that it has
NAMES = {kind: f"{kind}__title" if kind in ("deal", "lead") else f"{kind}__name" for kind in ABOUT}
FULL = (
    "pk", "subject", "priority", "owner_id", "deal__owner_id", "lead__owner_id",
    *(f"{kind}_id" for kind in ABOUT), *NAMES.values(),
)  # fmt: skip


@dataclass(slots=True)
class Slim:
    """An activity in time. `start` and `end` are moments, `on` a day without a time; `ghost`: one still to be made."""

    pk: int
    type_id: int
    owner_id: int | None
    start: dt.datetime
    end: dt.datetime
    on: dt.date | None
    due_at: dt.datetime | None
    minutes: int | None
    done: bool
    late: bool
    ghost: bool = False
    logged: bool = False  # done without having been planned


@dataclass(slots=True)
class Full:
    """What is said of an activity: `about` is whom or what it is on, `may` whether the reader may change it."""

    subject: str
    about: str
    priority: int
    may: bool


def slim(ask: Asked, types: dict[int, ActivityType]) -> list[Slim]:
    """Everything in the days asked for, the earliest first: by when it is due; what never was, by when it was done."""
    seen = _of(Activity.objects.visible_to(ask.user).kept(), ask.who).order_by()
    after, before = ask.start, ask.end + LONGEST  # the end of an owner's day may lie in the reader's next one
    within = Q(due_at__gte=after - LONGEST, due_at__lt=before)
    long = Q(due_at__gte=after - LONG, due_at__lt=after - LONGEST, minutes__gte=24 * 60)
    rows = [*seen.filter(within).values_list(*SLIM), *seen.filter(long).values_list(*SLIM)]
    if ask.logged:
        rows += seen.filter(due_at=None, done_at__gte=after, done_at__lt=ask.end).values_list(*SLIM)
    found = [one for one in (_slim(row, types, ask) for row in rows) if ask.logged or not one.logged]
    found += _ghosts(ask, types)
    days = set(ask.days)
    shown = (one for one in found if (one.on in days if one.on else one.start < ask.end and one.end >= ask.start))
    return sorted(shown, key=lambda one: (one.start, one.pk))


def full(ask: Asked, ids: Collection[int]) -> dict[int, Full]:
    """What is said of these."""
    rows = [dict(zip(FULL, row, strict=True)) for row in Activity.objects.filter(pk__in=ids).values_list(*FULL)]
    hidden = {kind: hidden_among(ask.user, kind, (row[f"{kind}_id"] for row in rows)) for kind in ABOUT}
    guard = _Guard(ask.user)
    return {row["pk"]: Full(row["subject"], _about(row, hidden), row["priority"], guard.lets(row)) for row in rows}


def attending(ids: Collection[int], who: Collection[int]) -> dict[int, set[int]]:
    """Which of these people take part in which of these activities of others."""
    found: dict[int, set[int]] = {}
    for pk, user in Attendance.objects.filter(activity__in=ids, user__in=who).values_list("activity", "user"):
        found.setdefault(pk, set()).add(user)
    return found


def _of(rows: Any, who: Iterable[int]) -> Any:
    """Theirs, or with them."""
    invited = Attendance.objects.filter(user__in=who).values("activity")
    return rows.filter(Q(owner__in=who) | Q(pk__in=invited))


def _slim(row: tuple[Any, ...], types: dict[int, ActivityType], ask: Asked) -> Slim:
    pk, type_id, owner_id, due_at, due_on, done_at, minutes = row
    start = due_at or done_at
    end = start if due_on else start + _lasts(minutes, types.get(type_id))
    due = due_for(due_at, due_on, ask.zone)
    late = done_at is None and due is not None and due < ask.now
    logged = done_at is not None and due_at in (None, done_at)  # files say of what was done that it was due just then
    done = done_at is not None
    return Slim(pk, type_id, owner_id, start, end, due_on, due_at, minutes, done, late, logged=logged)


def _lasts(minutes: int | None, kind: ActivityType | None) -> dt.timedelta:
    usual = (kind.minutes if kind else None) or USUAL
    return dt.timedelta(minutes=usual if minutes is None else minutes)


def _ghosts(ask: Asked, types: dict[int, ActivityType]) -> list[Slim]:
    """Where those that come again will come again; past ones are there themselves, or never were."""
    if ask.end <= ask.now:
        return []
    rows = _of(Activity.objects.visible_to(ask.user).planned().filter(due_at__lt=ask.end), ask.who)
    found = []
    for activity in rows.exclude(repeats="").select_related("owner"):
        for moment in recurring.between(activity, max(ask.start, ask.now), ask.end + LONGEST):
            on = _same_day(activity, moment) if activity.due_on else None
            end = moment if on else moment + _lasts(activity.minutes, types.get(activity.type_id))
            found.append(
                Slim(activity.pk, activity.type_id, activity.owner_id, moment, end, on, moment, activity.minutes,
                     done=False, late=False, ghost=True)
            )  # fmt: skip
    return found


def _same_day(activity: Activity, moment: dt.datetime) -> dt.date:
    """The day at whose end, for its owner, something is due."""
    return moment.astimezone(zone_of(activity.owner)).date()


def _about(row: dict[str, Any], hidden: dict[str, frozenset[int]]) -> str:
    for kind in ABOUT:
        pk = row[f"{kind}_id"]
        if pk is not None:
            return str(HIDDEN) if pk in hidden[kind] else str(row[NAMES[kind]])
    return ""


class _Guard:
    """Who may change activities, as `may` says of each: their owner, and whoever may change what they hang on."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.owners: dict[str, frozenset[int | None] | None] = {}

    def lets(self, row: dict[str, Any]) -> bool:
        if self.user.role == Role.READER or not self.user.is_active:
            return False
        kind = "deal" if row["deal_id"] else "lead" if row["lead_id"] else "activity"
        owner = row["owner_id"] if kind == "activity" else row[f"{kind}__owner_id"]
        if self.user.is_administrator or self.user.pk in (row["owner_id"], owner):
            return True
        if kind not in self.owners:
            self.owners[kind] = owners_changed_by(self.user, kind)
        changed = self.owners[kind]
        return changed is None or owner in changed
