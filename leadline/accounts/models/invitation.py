"""A link that lets somebody in once."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone


class Invitation(models.Model):
    """A link's trace: only the hash of its token is kept, so that whoever reads the database cannot use it.

    `user` is whom it lets in; null is the set-up link, which makes the first administrator.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"for {self.user or 'the first administrator'} until {self.expires_at:%Y-%m-%d %H:%M}"


def hashed(token: str) -> str:
    """What the database keeps of a token. Tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
