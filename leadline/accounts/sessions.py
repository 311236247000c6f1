"""Ending the sessions of somebody who may sign in no more."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from leadline.accounts.models import User


def end_sessions(user: User) -> None:
    """Wherever they are signed in, they are not any longer: not even after they are let in again."""
    mine = [row.pk for row in Session.objects.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=mine).delete()
