"""The seal of a form: on which door's page it stood, since when, and a mark of its own; nothing of its reader."""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import NamedTuple

from django.conf import settings


class Seal(NamedTuple):
    """What a good one says: seconds since 1970, and its mark."""

    at: float
    mark: str


def seal(token: str, now: float) -> str:
    """For a form that is drawn now."""
    said = f"{int(now * 10):x}.{secrets.token_urlsafe(9)}"
    return f"{said}.{_signed(token, said)}"


def opened(token: str, text: str) -> Seal | None:
    """None where we have not sealed it for this door."""
    said, _dot, signed = text.rpartition(".")
    at, dot, mark = said.partition(".")
    if not (dot and text.isascii()) or not hmac.compare_digest(signed, _signed(token, said)):
        return None
    return Seal(int(at, 16) / 10, mark)


def _signed(token: str, said: str) -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"form {token} {said}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:18]).decode()
