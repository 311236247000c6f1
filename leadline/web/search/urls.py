"""Addresses of finding."""

from __future__ import annotations

from django.urls import path

from leadline.web.search import lookup

urlpatterns = [
    path("lookup/<str:kind>/", lookup.lookup, name="lookup"),
]
