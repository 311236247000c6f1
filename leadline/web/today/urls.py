"""Addresses of Today."""

from __future__ import annotations

from django.urls import path

from leadline.web.today import focus_views, views

urlpatterns = [
    path("", views.today, name="today"),
    path("rings/", views.today_goals, name="today_goals"),
    path("focus/", focus_views.today_focus, name="today_focus"),
    path("focus/<int:pk>/done/", focus_views.focus_done, name="focus_done"),
    path("focus/<int:pk>/skip/", focus_views.focus_skip, name="focus_skip"),
]
