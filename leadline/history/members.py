"""Changing who is in the company, with a trace: the verbs of users, teams and visibility.

Those rows live below the log, so they cannot write it themselves; these functions are their one way to change.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from leadline.accounts.actors import By, actor
from leadline.accounts.invitations import withdraw
from leadline.accounts.models import Level, Role, Team, User, Visibility
from leadline.accounts.permissions import require
from leadline.history.models import Change
from leadline.history.writing import append, entry, writing

Member = TypeVar("Member", User, Team, Visibility)


def add(record: Member, *, by: By, at: dt.datetime | None = None) -> Member:
    """Write a new user, team or visibility row. Raises ValidationError, PermissionDenied."""
    doer = actor(by)
    require(doer, "add", record)
    if isinstance(record, User):
        record.email = User.objects.clean_email(record.email)
        if not record.password:
            record.set_unusable_password()
    record.full_clean()
    with writing():
        record.save(force_insert=True)
        append([entry(record, Change.CREATE, at or timezone.now())], doer)
    return record


def change(record: Member, *, by: By, **values: Any) -> Member:
    """Set tracked fields of a user, team or visibility row. Raises ValidationError, PermissionDenied."""
    doer = actor(by)
    require(doer, "change", record)
    with writing():
        record.refresh_from_db()
        before = record.snapshot()
        for name in values:
            if name not in record.TRACKED:
                raise ValueError(f"{record.ENTITY} has no field {name!r} that can be changed here.")
            setattr(record, name, values[name])
        record.full_clean()
        old = {name: before[name] for name, value in record.snapshot().items() if value != before[name]}
        if old:
            record.save()
            append([entry(record, Change.CHANGE, timezone.now(), old)], doer)
    return record


def invite(name: str, *, by: By, email: str | None = None, role: str = Role.SELLER, **fields: Any) -> User:
    """Somebody who is known from now on and may sign in once they have set a password."""
    user = User(name=name, email=email, role=role, is_active=False, invited_at=timezone.now(), **fields)
    return add(user, by=by)


def deactivate(user: User, *, by: By) -> User:
    """They sign in no more, nor by a link sent earlier; their records and numbers stay."""
    with transaction.atomic():
        withdraw(user)
        return change(user, by=by, is_active=False)


def set_visibility(kind: str, *, by: By, see: str = Level.EVERYONE, change_by: str = Level.TEAM) -> Visibility:
    """Who sees and who changes records of a kind."""
    with transaction.atomic():
        row = Visibility.objects.filter(kind=kind).first()
        if row is None:
            return add(Visibility(kind=kind, see=see, change=change_by), by=by)
        return change(row, by=by, see=see, change=change_by)
