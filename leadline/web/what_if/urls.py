"""The addresses of What-if."""

from __future__ import annotations

from django.urls import path

from leadline.web.what_if.views import what_if, what_if_csv

urlpatterns = [
    path("", what_if, name="what_if"),
    path("quarters.csv", what_if_csv, name="what_if_csv"),
]
