"""Addresses of Time spent."""

from __future__ import annotations

from django.urls import path

from leadline.web.time_spent import views

urlpatterns = [
    path("", views.time_page, name="time_spent"),
    path("rows/", views.time_rows, name="time_rows"),
    path("rates/", views.time_rates, name="time_rates"),
    path("<str:table>.csv", views.time_csv, name="time_csv"),
]
