"""The addresses of the settings; everything here stands under /settings/."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.frame import overview

urlpatterns = [
    path("", overview, name="settings"),
]
