"""After five wrong passwords for one address from one place, that place waits."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)


def who(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The address that is tried, as it is compared: without case and blanks."""
    tried = (credentials or {}).get("email") or request.POST.get("login") or ""
    if not tried and request.user.is_authenticated:
        tried = request.user.email or ""
    return str(tried).strip().lower()


def place(request: HttpRequest) -> str | None:
    """The address from which it is tried, as the trusted proxies tell it; None where there is none to tell."""
    if not request.META.get("REMOTE_ADDR"):
        return None  # not by the network: a program signs somebody in, or a socket of this machine
    return str(get_adapter().get_client_ip(request))


def locked(request: HttpRequest, original: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """429 with a plain page that says how long, and a line for whoever watches the server."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    log.warning("Sign-in as %r from %s is closed for %s minutes.", who(request, credentials), place(request), minutes)
    response = render(request, "account/locked.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    response.headers["Cache-Control"] = "no-store"
    return response
