"""The addresses of forms and webhooks."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.doors import acts, arrivals, editing, listing, preview

urlpatterns = [
    path("forms/", listing.doors, name="doors"),
    path("forms/add/", acts.door_add, name="door_add"),
    path("forms/arrivals/", arrivals.arrivals, name="arrivals"),
    path("forms/arrivals/<int:pk>/", arrivals.arrival_judge, name="arrival_judge"),
    path("forms/<int:pk>/", editing.door, name="door"),
    path("forms/<int:pk>/typed/", editing.door_typed, name="door_typed"),
    path("forms/<int:pk>/preview/", preview.door_preview, name="door_preview"),
    path("forms/<int:pk>/preview/theme.css", preview.door_preview_theme, name="door_preview_theme"),
    path("forms/<int:pk>/arrivals/", arrivals.door_arrivals, name="door_arrivals"),
    path("forms/<int:pk>/test/", acts.door_test, name="door_test"),
    path("forms/<int:pk>/copy/", acts.door_copy, name="door_copy"),
    path("forms/<int:pk>/secret/", acts.door_rotate, name="door_rotate"),
    path("forms/<int:pk>/off/", acts.door_off, name="door_off"),
    path("forms/<int:pk>/delete/", acts.door_delete, name="door_delete"),
    path("forms/<int:pk>/restore/", acts.door_restore, name="door_restore"),
]
