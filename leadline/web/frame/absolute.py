"""Whole addresses for what is read elsewhere, when no request tells under which name the site is reached."""

from __future__ import annotations

from django.conf import settings


def absolute(path: str) -> str:
    """Of a path of this site: under LEADLINE_ADDRESS, else the first of LEADLINE_HOSTS."""
    return f"{settings.LEADLINE_ADDRESS or _guessed()}{path}"


def _guessed() -> str:
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    return f"{'https' if settings.TLS else 'http'}://{host}"
