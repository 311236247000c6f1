"""The list of a day: made once, by whoever comes first, and filled again when somebody is skipped."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import Counter
from typing import Any

from django.conf import settings

from leadline.accounts.actors import SYSTEM, By, actor
from leadline.accounts.models import Role, User
from leadline.activities.models import Habits, TenEntry
from leadline.activities.ten import not_contacted, of_ideas, revisits, second_degree, target_accounts
from leadline.activities.ten.found import Found, Rule, Search
from leadline.activities.ten.mixing import mixed
from leadline.activities.ten.reach import REST, meeting_this_week
from leadline.activities.ten.rules import ACCOUNTS, IDEAS, NOT_CONTACTED, REVISITS, SECOND_DEGREE, chosen
from leadline.history.writing import locked, writing

RULES: dict[str, Rule] = {
    NOT_CONTACTED: not_contacted.found,
    SECOND_DEGREE: second_degree.found,
    ACCOUNTS: target_accounts.found,
    REVISITS: revisits.found,
    IDEAS: of_ideas.found,
}


def list_of(user: User, day: dt.date) -> list[TenEntry]:
    """Somebody's list of a day, in its order, what was skipped too; made where there is none yet.

    Two who ask at once, or a job that runs twice, get the same one. Nobody is found for who only reads.
    """
    entries = kept(user, day)
    if entries or user.role == Role.READER or not user.is_active:
        return entries
    return fill_up(user, day, by=SYSTEM)


def kept(user: User, day: dt.date) -> list[TenEntry]:
    """The list as far as it has been made."""
    rows = TenEntry.objects.kept().filter(owner=user, on_date=day).order_by("position", "pk")
    return list(rows.select_related("person__organization", "lead", "opening", "activity"))


def fill_up(user: User, day: dt.date, *, by: By, room: int | None = None) -> list[TenEntry]:
    """As many more as the list has room for (`room` names another number); returns the list as it is then.

    People are looked for before the database is held for writing, and asked about once more while it is.
    """
    size = Habits.of(user).ten_size
    search = Search(user, day, beginning(user, day))
    pools = _pools(search)
    with writing():
        list(locked(User.objects.filter(pk=user.pk)))  # one at a time: what a colleague's tab has made stays the list
        entries = kept(user, day)
        count = max(size - sum(entry.skipped_at is None for entry in entries), 0) if room is None else room
        have = Counter(entry.rule for entry in entries if entry.skipped_at is None)
        taken = {entry.person_id for entry in entries if entry.person_id} | _taken(search, pools)
        last = max((entry.position for entry in entries), default=0)
        for place, (rule, one) in enumerate(mixed(pools, count, have=have, taken=taken), last + 1):
            TenEntry(
                owner=user,
                on_date=day,
                position=place,
                rule=rule,
                why=one.why[:255],
                person_id=one.person,
                lead_id=one.lead,
            ).add(by=by)
    return kept(user, day)


def again(user: User, day: dt.date, *, by: By) -> list[TenEntry]:
    """Whoever was neither written to nor skipped makes room for those whom the rules find now; one act."""
    doer = actor(by).together()
    with writing():
        for entry in kept(user, day):
            if entry.written_at is None and entry.skipped_at is None:
                entry.trash(by=doer)
        return fill_up(user, day, by=doer)


def beginning(user: User, day: dt.date) -> dt.datetime:
    """When this day begins for its owner."""
    try:
        zone = zoneinfo.ZoneInfo(user.time_zone or settings.LEADLINE_TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = zoneinfo.ZoneInfo(settings.LEADLINE_TIME_ZONE)
    return dt.datetime.combine(day, dt.time(), zone)


def _pools(search: Search) -> dict[str, list[Found]]:
    """What each rule that is on has found."""
    return {
        rule.kind.name: RULES[rule.kind.name](search, {"days": rule.days, "label": rule.label})
        for rule in chosen(Habits.of(search.user))
        if rule.on
    }


def _taken(search: Search, pools: dict[str, list[Found]]) -> set[int]:
    """Whom somebody else's list has taken meanwhile, and who meets us this week anyway."""
    wanted = [one.person for pool in pools.values() for one in pool]
    others = TenEntry.objects.kept().filter(person__in=wanted).exclude(owner=search.user)
    recent: Any = others.filter(on_date__gt=search.day - REST).values_list("person_id", flat=True)
    return set(recent) | meeting_this_week(search)
