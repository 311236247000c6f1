"""Which face answers which address."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from leadline.house.health import health

handler400 = "leadline.web.frame.errors.bad_request"
handler403 = "leadline.web.frame.errors.forbidden"
handler404 = "leadline.web.frame.errors.not_found"
handler500 = "leadline.web.frame.errors.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", login_not_required(health), name="healthz"),
    path("", include("leadline.web.urls")),
]
