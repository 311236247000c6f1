"""Addresses of the calendar."""

from __future__ import annotations

from django.urls import path

from leadline.web.calendar.moving import calendar_move
from leadline.web.calendar.views import calendar, event

urlpatterns = [
    path("", calendar, name="calendar"),
    path("<int:pk>/", event, name="calendar_event"),
    path("<int:pk>/move/", calendar_move, name="calendar_move"),
]
