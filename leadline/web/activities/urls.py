"""Addresses of activities."""

from __future__ import annotations

from django.urls import path

from leadline.web.activities import acts, adding, composing, editing, page, reminding, replanning

urlpatterns = [
    path("timeline/<str:kind>/<int:pk>/activities/", composing.activity_log, name="activity_log"),
    path("activities/add/", adding.activity_add, name="activity_add"),
    path("activities/with/", adding.activity_with, name="activity_with"),
    path("activities/replan/", replanning.activities_replan, name="activities_replan"),
    path("activities/reminders/", reminding.reminders, name="reminders"),
    path("me/reminders/", reminding.reminders_set, name="reminders_set"),
    path("activities/line/", composing.activity_line, name="activity_line"),
    path("activities/<int:pk>/", page.activity, name="activity"),
    path("activities/<int:pk>/done/", acts.activity_done, name="activity_done"),
    path("activities/<int:pk>/outcome/", acts.activity_outcome, name="activity_outcome"),
    path("activities/<int:pk>/next/", acts.activity_next, name="activity_next"),
    path("activities/<int:pk>/edit/", editing.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/move/", replanning.activity_move, name="activity_move"),
    path("activities/<int:pk>/skip/", editing.activity_skip, name="activity_skip"),
    path("activities/<int:pk>/end/", editing.activity_end, name="activity_end"),
    path("activities/<int:pk>/trash/", acts.activity_trash, name="activity_trash"),
]
