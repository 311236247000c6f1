"""Signatures of webhooks as Standard Webhooks has them (standardwebhooks.com, version 1, symmetric)."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac

from django.conf import settings
from django.utils import timezone

from leadline.crm.models import Door

PREFIX = "whsec_"
OLD_HOLDS = dt.timedelta(hours=24)  # how long the secret before is good, so that nothing is lost while senders change
LEEWAY = 300  # seconds that clocks may differ, and that a message may be on its way


def secret_of(door: Door, number: int | None = None) -> str:
    """What the sender signs with: worked out from the house's own key, so that no table holds it.

    Another `secret_number` gives another one at once; `secrets_of` says which hold.
    """
    said = f"leadline door {door.token} {door.secret_number if number is None else number}".encode()
    return PREFIX + base64.b64encode(hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")).decode()


def secrets_of(door: Door, now: dt.datetime) -> list[str]:
    """Those that hold now: the newest, and for OLD_HOLDS after it was made the one before."""
    old = door.secret_number > 1 and door.rotated_at is not None and now < door.rotated_at + OLD_HOLDS
    return [secret_of(door), *([secret_of(door, door.secret_number - 1)] if old else [])]


def signature(secret: str, mark: str, moment: str, body: bytes) -> str:
    """As it stands in `webhook-signature`: "v1,<base64 of HMAC-SHA256 over id.timestamp.body>"."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = mark.encode("utf-8", "replace") + b"." + moment.encode("utf-8", "replace") + b"." + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def is_signed(door: Door, mark: str, moment: str, given: str, body: bytes) -> bool:
    """Whether one of the signatures in the header (several, with blanks between) is by a secret of ours."""
    ours = [signature(secret, mark, moment, body).encode() for secret in secrets_of(door, timezone.now())]
    sent = [one.encode("utf-8", "replace") for one in given.split()[:10]]
    return any(hmac.compare_digest(one, other) for one in sent for other in ours)


def is_timely(moment: str, now: float) -> bool:
    """Whether a timestamp (seconds since 1970, digits) lies within five minutes."""
    return moment.isascii() and moment.isdigit() and len(moment) <= 12 and abs(int(moment) - now) <= LEEWAY
