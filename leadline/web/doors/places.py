"""How much comes from one place. No address is kept: a place is a keyed digest of today's, in memory only."""

from __future__ import annotations

import hmac
import time
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from leadline.web.entry.lockout import place
from leadline.web.frame.limits import Limit

WITHIN = 600.0  # seconds
HELD_BEYOND, CLOSED_BEYOND = 20, 200  # submissions from one place: held back for a look; not taken
READ_BEYOND = 1000  # looks at forms
UNSIGNED_BEYOND = 60  # messages to webhooks that were not signed
SENT_BEYOND, SENT_WITHIN = 1200, 60.0  # messages to one webhook
_limit = Limit()


def place_of(request: HttpRequest) -> str:
    """The same for the same network address until midnight (UTC); of IPv6 for all addresses that one line has (/64)."""
    said = f"{timezone.now():%Y-%m-%d} {_line(request)}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), b"place " + said, "sha256").hex()[:24]


def _line(request: HttpRequest) -> str:
    try:
        address = ip_address(place(request) or "")
    except (ImproperlyConfigured, PermissionDenied, ValueError):  # a proxy says nothing that can be read: who is next
        return str(request.META.get("REMOTE_ADDR", ""))
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def is_much(where: str) -> bool:
    """Whether this place has sent more forms than people do; counts this one."""
    return _limit.wait(("held", where), time.monotonic(), HELD_BEYOND, WITHIN) > 0


def wait_to_send(where: str) -> int:
    """Seconds until this place may send a form again, 0 now; counts this one."""
    return _limit.wait(("closed", where), time.monotonic(), CLOSED_BEYOND, WITHIN)


def wait_to_read(where: str) -> int:
    """The same for looking at forms."""
    return _limit.wait(("read", where), time.monotonic(), READ_BEYOND, WITHIN)


def wait_unsigned(where: str) -> int:
    """The same for messages to webhooks whose signature is wrong."""
    return _limit.wait(("unsigned", where), time.monotonic(), UNSIGNED_BEYOND, WITHIN)


def wait_to_post(door_id: int) -> int:
    """The same for signed messages to one webhook."""
    return _limit.wait(("hook", door_id), time.monotonic(), SENT_BEYOND, SENT_WITHIN)


def forget() -> None:
    """Nobody has sent anything."""
    _limit.forget()
