"""Changing who is in the company, with a trace: the verbs of users, teams and visibility.

Those rows live below the log, so they cannot write it themselves; these functions are their one way to change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.invitations import withdraw
from leadline.accounts.models import Level, Role, Team, User, Visibility
from leadline.accounts.permissions import require
from leadline.accounts.sessions import end_sessions
from leadline.history.models import Change
from leadline.history.moments import moment
from leadline.history.writing import append, entry, locked, writing

Member = TypeVar("Member", User, Team, Visibility)


# What people may set on their own row; the rest is for administrators.
OWN = frozenset({"name"})


def add(record: Member, *, by: By, at: dt.datetime | None = None) -> Member:
    """Write a new user, team or visibility row. Raises ValidationError, PermissionDenied."""
    doer = actor(by)
    require(doer, "add", record)
    if isinstance(record, User):
        record.email = User.objects.clean_email(record.email)
        if not record.password:
            record.set_unusable_password()
    with writing():
        record.full_clean()
        record.save(force_insert=True)
        append([entry(record, Change.CREATE, moment(None, at))], doer)
    return record


def change(record: Member, *, by: By, **values: Any) -> Member:
    """Set tracked fields of a user, team or visibility row. Raises ValidationError, PermissionDenied."""
    doer = actor(by)
    unknown = values.keys() - set(record.TRACKED)
    if unknown:
        raise ValueError(f"{record.ENTITY} has no field {min(unknown)!r} that can be changed here.")
    with writing():
        if isinstance(record, Team):  # two moves at once could each be right, and together put two teams in a circle
            list(locked(Team.objects.order_by("pk")))
        record.refresh_from_db(from_queryset=locked(type(record)._default_manager.all()))
        _require(doer, record, values)
        save_changed(record, doer, values)
    return record


def save_changed(
    record: User | Team | Visibility, doer: Actor, values: Mapping[str, Any], undoes: int | None = None
) -> None:
    """Set the values, and write row and log where that made a difference. For verbs that have asked permission."""
    before = record.snapshot()
    for name, value in values.items():
        setattr(record, name, value)
    if isinstance(record, User):
        record.email = User.objects.clean_email(record.email)
        _keep_an_administrator(record, before)
        if record.is_active and before["email"] and not record.email:
            raise ValidationError({"email": _("Whoever signs in needs an address to sign in with.")})
    record.full_clean()
    old = {name: before[name] for name, value in record.snapshot().items() if value != before[name]}
    if old:
        record.save()
        if isinstance(record, User) and before["is_active"] and not record.is_active:
            end_sessions(record)
        append([entry(record, Change.CHANGE, moment(record, None), old, undoes)], doer)


def _require(doer: Actor, record: User | Team | Visibility, values: Mapping[str, Any]) -> None:
    """People change their own name; the rest is for administrators, so nobody gives themselves a role."""
    own = isinstance(record, User) and (record.pk, record.is_active) == (doer.id, True)
    if not (own and values.keys() <= OWN):
        require(doer, "change", record)


def _keep_an_administrator(user: User, before: Mapping[str, Any]) -> None:
    """Raises ValidationError when the last administrator would go: nobody could let anybody in any more."""
    was = before["is_active"] and before["role"] == Role.ADMINISTRATOR
    if was and not (user.is_active and user.is_administrator):
        others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
        if user.pk not in (left := {other.pk for other in locked(others)}) or len(left) == 1:
            field = "role" if user.is_active else "is_active"
            raise ValidationError({field: _("The last administrator stays. Make somebody else administrator first.")})


def invite(name: str, *, by: By, email: str | None = None, role: str = Role.SELLER, **fields: Any) -> User:
    """Somebody who is known from now on and may sign in once they have set a password."""
    user = User(name=name, email=email, role=role, is_active=False, invited_at=timezone.now(), **fields)
    return add(user, by=by)


def deactivate(user: User, *, by: By) -> User:
    """They sign in no more, nor by a link sent earlier; their records and numbers stay."""
    with writing():
        withdraw(user)
        return change(user, by=by, is_active=False)


def sign_out(user: User, *, by: By) -> User:
    """End every session of somebody, who may sign in again. The log says so by a change of no field."""
    doer = actor(by)
    with writing():
        _require(doer, user, {})
        end_sessions(user)
        append([entry(user, Change.CHANGE, moment(user, None))], doer)
    return user


def set_visibility(kind: str, *, by: By, see: str = Level.EVERYONE, change_by: str = Level.TEAM) -> Visibility:
    """Who sees and who changes records of a kind. Raises ValidationError, PermissionDenied."""
    with writing():
        row = Visibility.objects.filter(kind=kind).first()
        # A kind without a row has the defaults: they are written down first, so that there is something to go back to.
        return change(row or add(Visibility(kind=kind), by=by), by=by, see=see, change=change_by)
