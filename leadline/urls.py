"""Which face answers which address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from leadline.house.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="healthz"),
]
