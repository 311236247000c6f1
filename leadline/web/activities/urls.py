"""Addresses of activities."""

from __future__ import annotations

from django.urls import path

from leadline.web.activities import acts, composing, page

urlpatterns = [
    path("timeline/<str:kind>/<int:pk>/activities/", composing.activity_log, name="activity_log"),
    path("activities/line/", composing.activity_line, name="activity_line"),
    path("activities/<int:pk>/", page.activity, name="activity"),
    path("activities/<int:pk>/done/", acts.activity_done, name="activity_done"),
    path("activities/<int:pk>/outcome/", acts.activity_outcome, name="activity_outcome"),
    path("activities/<int:pk>/next/", acts.activity_next, name="activity_next"),
    path("activities/<int:pk>/edit/", acts.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/trash/", acts.activity_trash, name="activity_trash"),
]
