"""Signatures of webhooks as Standard Webhooks has them (standardwebhooks.com, version 1, symmetric)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from leadline.crm.models import Door

PREFIX = "whsec_"
LEEWAY = 300  # seconds that clocks may differ, and that a message may be on its way


def secret_of(door: Door) -> str:
    """What the sender signs with: worked out from the house's own key, so that no table holds it.

    Another `secret_number` gives another one at once; the one before is worth nothing then.
    """
    said = f"leadline door {door.token} {door.secret_number}".encode()
    return PREFIX + base64.b64encode(hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")).decode()


def signature(secret: str, mark: str, moment: str, body: bytes) -> str:
    """As it stands in `webhook-signature`: "v1,<base64 of HMAC-SHA256 over id.timestamp.body>"."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = mark.encode("utf-8", "replace") + b"." + moment.encode("utf-8", "replace") + b"." + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def is_signed(door: Door, mark: str, moment: str, given: str, body: bytes) -> bool:
    """Whether one of the signatures in the header (there may be several, with blanks between) is ours."""
    ours = signature(secret_of(door), mark, moment, body).encode()
    return any(hmac.compare_digest(one.encode("utf-8", "replace"), ours) for one in given.split()[:10])


def is_timely(moment: str, now: float) -> bool:
    """Whether a timestamp (seconds since 1970, digits) lies within five minutes."""
    return moment.isascii() and moment.isdigit() and len(moment) <= 12 and abs(int(moment) - now) <= LEEWAY
