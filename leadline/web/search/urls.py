"""Addresses of finding."""

from __future__ import annotations

from django.urls import path

from leadline.web.search import lookup, page, palette

urlpatterns = [
    path("search/", page.page, name="search"),
    path("palette/", palette.palette, name="palette"),
    path("lookup/<str:kind>/", lookup.lookup, name="lookup"),
]
