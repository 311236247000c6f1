"""Addresses of lists."""

from __future__ import annotations

from django.urls import path

from leadline.web.lists.editor import filter_editor

urlpatterns = [
    path("filter/<str:kind>/<str:name>/", filter_editor, name="filter_editor"),
]
