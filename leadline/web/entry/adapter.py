"""allauth as Leadline means it: people are let in by an administrator."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from leadline.accounts.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """No public sign-up; no e-mail is sent where none is configured."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def shown(user: User) -> str:
    """The name by which messages call a person."""
    return str(user)
