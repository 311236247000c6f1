"""Letting people in: the one-time link that makes the first administrator, and links for those who were invited.

A token is 256 random bits, kept as a hash, good for a limited time and for one use; a new link ends the older ones.
"""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.models import Invitation, Role, User
from leadline.accounts.models.invitation import hashed

SETUP_LASTS = dt.timedelta(hours=24)
INVITATION_LASTS = dt.timedelta(days=7)


class NotValid(Exception):
    """The link was never made, has been used, replaced, or has expired; or there is an administrator already."""


def has_administrator() -> bool:
    """Whether somebody can sign in who may let others in."""
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists()


def setup_link() -> str:
    """The path of a fresh link, "/setup/…/", good for a day. Raises ValidationError where there is an administrator."""
    if has_administrator():
        raise ValidationError(_("There is an administrator already. Ask them to invite you."))
    return reverse("setup", args=[_fresh(None, SETUP_LASTS)])


def invite_link(user: User) -> str:
    """The path of a fresh link, "/join/…/", good for a week, with which this person chooses a password and is let in.

    Raises ValidationError for somebody without an e-mail address, which is what they sign in with.
    """
    if not user.email:
        raise ValidationError(_("%(name)s has no e-mail address. Give them one first.") % {"name": user})
    return reverse("join", args=[_fresh(user, INVITATION_LASTS)])


def find(token: str, *, setup: bool) -> Invitation:
    """The invitation behind a token that can still be used. Raises NotValid."""
    invitation = _usable().filter(token_hash=hashed(token), user__isnull=setup).select_related("user").first()
    if invitation is None or (setup and has_administrator()):
        raise NotValid
    return invitation


def use(invitation: Invitation) -> None:
    """Marks it as used. Of two at the same moment one gets through, the other raises NotValid.

    Stands in the transaction that lets the person in: what fails there leaves the link good.
    """
    if not _usable().filter(pk=invitation.pk).update(used_at=timezone.now()):
        raise NotValid


def withdraw(user: User) -> None:
    """Ends every link of this person."""
    Invitation.objects.filter(user=user, used_at=None).delete()


def _usable() -> QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())


def _fresh(user: User | None, lasts: dt.timedelta) -> str:
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(user=user, used_at=None).delete()
        Invitation.objects.create(user=user, token_hash=hashed(token), expires_at=timezone.now() + lasts)
    return token
