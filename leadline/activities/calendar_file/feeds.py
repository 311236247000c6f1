"""Secret addresses of calendars: made, found by, read and revoked. Only a digest of the secret is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.activities.models import Feed
from leadline.history.writing import writing

BYTES = 32  # of chance in an address
MOST = 20  # addresses of one person
EXACT = dt.timedelta(minutes=5)  # to which the last reading is kept: readers that poll write no more often


def make(user: User, name: str) -> tuple[Feed, str]:
    """A new address and its secret, which nobody can tell a second time. Raises ValidationError for too many, and for
    a name that no text can hold."""
    ProhibitNullCharactersValidator()(name)
    secret = secrets.token_urlsafe(BYTES)
    with writing():
        if open_ones(user).count() >= MOST:
            raise ValidationError(_("You have %(most)s addresses. Revoke one that nobody reads.") % {"most": MOST})
        feed = Feed.objects.create(user=user, name=" ".join(name.split())[:120], digest=digest(secret))
    return feed, secret


def open_ones(user: User) -> QuerySet[Feed]:
    """Theirs that are not revoked, the newest first."""
    return Feed.objects.filter(user=user, revoked_at=None)


def found(secret: str) -> Feed | None:
    """The feed of a secret; None for unknown and revoked ones, and those of people who may not sign in."""
    known = Feed.objects.select_related("user", "user__team")
    return known.filter(digest=digest(secret), revoked_at=None, user__is_active=True).first()


def read(feed: Feed, now: dt.datetime) -> None:
    """Somebody has read it."""
    if feed.read_at is None or feed.read_at <= now - EXACT:
        with writing():
            Feed.objects.filter(pk=feed.pk).update(read_at=now)


def revoke(user: User, pk: int, now: dt.datetime) -> Feed | None:
    """It opens nothing any more; None where it is none of theirs."""
    with writing():
        feed = Feed.objects.filter(user=user, pk=pk, revoked_at=None).first()
        if feed is not None:
            feed.revoked_at = now
            feed.save(update_fields=["revoked_at"])
        return feed


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
