"""Addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from leadline.web.inbox.views import do, inbox

urlpatterns = [
    path("", inbox, name="inbox"),
    path("do/<slug:deed>/", do, name="inbox_do"),
]
