"""Activities as rows: `rows_of` reads what many of them need at once, `activities/parts.html: row` draws each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from markupsafe import Markup

from leadline.accounts.models import Role, User
from leadline.accounts.permissions import owners_changed_by
from leadline.activities.being_due import is_late
from leadline.activities.models import Activity
from leadline.web.activities import due
from leadline.web.frame.names import linked
from leadline.web.frame.reader import reader
from leadline.web.timeline.showing import activity_icon

ON = ("deal", "lead", "person", "organization")


@dataclass
class ActivityRow:
    """One activity with what it hangs on, as far as the reader sees that; `may` change it says whether they may."""

    activity: Activity
    may: bool
    now: dt.datetime

    @property
    def pk(self) -> int:
        return self.activity.pk

    @cached_property
    def type(self) -> Any:
        return linked().get("activity_type", self.activity.type_id)

    @cached_property
    def word(self) -> str:
        return self.activity.subject or str(self.type)

    @property
    def icon(self) -> Markup:
        return activity_icon(self.type)

    @cached_property
    def on(self) -> list[Any]:
        """Deal, lead, contact and organization, in this order."""
        found = (linked().get(kind, getattr(self.activity, f"{kind}_id")) for kind in ON)
        return [record for record in found if record is not None and record.pk and record.deleted_at is None]

    @property
    def told(self) -> list[Any]:
        """The same, without an organization that the name of its deal or lead begins with."""
        titles = [str(record) for record in self.on if record.ENTITY in ("deal", "lead")]
        said = [record for record in self.on if record.ENTITY == "organization" and _begins(titles, str(record))]
        return [record for record in self.on if record not in said]

    @cached_property
    def contact(self) -> Any:
        return next((record for record in self.on if record.ENTITY == "person"), None)

    @property
    def phone(self) -> str:
        """The contact's first number, as people write it."""
        return _first(self.contact.phones) if self.contact else ""

    @property
    def mail(self) -> str:
        return self.contact.first_email if self.contact else ""

    @property
    def owner(self) -> Any:
        return linked().get("user", self.activity.owner_id)

    @property
    def late(self) -> bool:
        return is_late(self.activity, self.now, reader().zone)

    @property
    def when(self) -> str:
        return due.when(self.activity)

    @property
    def minutes(self) -> str:
        return due.minutes_word(self.activity.minutes) if self.activity.minutes else ""


def rows_of(activities: Iterable[Activity], user: User, now: dt.datetime | None = None) -> list[ActivityRow]:
    """The rows of activities that this person sees, with what they hang on: one query a kind, however many."""
    found = list(activities)
    for kind in ON:
        linked().load(kind, [getattr(activity, f"{kind}_id") for activity in found])
    may = _changeable(found, user)
    return [ActivityRow(activity, activity.pk in may, now or timezone.now()) for activity in found]


def _changeable(activities: Iterable[Activity], user: User) -> set[int]:
    """Those that the person may change, as `permissions.may` says of each: by their own owner, or their guard's."""
    if not user.is_active or user.role == Role.READER:
        return set()
    allowed = {kind: owners_changed_by(user, kind) for kind in ("deal", "lead", "activity")}
    return {one.pk for one in activities if one.deleted_at is None and _may(one, user, allowed)}


def _may(activity: Activity, user: User, allowed: dict[str, frozenset[int | None] | None]) -> bool:
    if activity.owner_id == user.pk:
        return True
    kind = "deal" if activity.deal_id else "lead" if activity.lead_id else "activity"
    guard = activity if kind == "activity" else linked().get(kind, getattr(activity, f"{kind}_id"))
    owners = allowed[kind]
    return owners is None or bool(guard.pk and (guard.owner_id == user.pk or guard.owner_id in owners))


def _begins(titles: Iterable[str], name: str) -> bool:
    return any(title.casefold().startswith(name.casefold()) for title in titles)


def _first(numbers: list[dict[str, Any]]) -> str:
    ordered = sorted(numbers, key=lambda one: not one.get("primary"))
    return str(ordered[0]["value"]) if ordered else ""
