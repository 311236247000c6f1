"""Addresses of the nurture stream."""

from __future__ import annotations

from django.urls import path

from leadline.web.nurture.views import happened, nurture

urlpatterns = [
    path("nurture/", nurture, name="nurture"),
    path("nurture/<str:kind>/<int:pk>/happened/", happened, name="nurture_happened"),
]
